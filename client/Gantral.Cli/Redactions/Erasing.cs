using System.Globalization;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Decisions;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;

namespace Gantral.Cli.Redactions;

/// <summary>Carries an erasure out: says what will be gone, asks, and sends it once.</summary>
internal sealed class Erasing(GantralClient client, Erasure erasure, CancellationToken interrupted)
{
    /// <summary>What whoever erases must know.</summary>
    public const string Warning =
        """
        It cannot be undone: the values and their salts are deleted, and nobody can bring them back. Their hashes stay, so bundles still
        verify, and who erased what, when and why is kept as evidence. Other entries with the same context lose it too. What was handed
        out before, as bundles, streams or backups, is not reached.
        """;

    // A program reads what is printed last and nothing else.
    private readonly TextWriter _output = erasure.AsJson ? Console.Error : Console.Out;
    private readonly Colour _colour = erasure.AsJson ? new Colour(on: false) : Colour.OfThisProcess();

    private string What => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", erasure.Fields)} of entry {erasure.Sequence}");

    /// <summary>Erases, and answers the exit status.</summary>
    public async Task<int> RunAsync()
    {
        var justification = erasure.IsSure ? erasure.Justification! : await AskAsync().ConfigureAwait(false);
        if (justification is null)
        {
            _output.WriteLine("Nothing was erased.");
            return ExitStatus.Declined;
        }

        var after = await SendAsync(justification).ConfigureAwait(false);
        Console.Out.WriteLine(erasure.AsJson ? GantralJson.Of(after) : $"{_colour.Good("Erased")} {What} of instance {after.InstanceId:D}. The hashes stay: its bundles still verify.");
        return 0;
    }

    // The reason to erase, of somebody who has read what that means; null from somebody who will not.
    private async Task<string?> AskAsync()
    {
        var instance = await client.Instances.GetAsync(erasure.Instance, cancellation: interrupted).ConfigureAwait(false);
        var entry = (await History.ReadAsync(client, erasure.Instance, interrupted).ConfigureAwait(false))?.Find(one => one.Sequence == erasure.Sequence);
        new InstanceStatement(_output, _colour, DateTimeOffset.UtcNow).Print(instance);
        _output.WriteLine();
        _output.WriteLine(_colour.Bad($"This erases for good: {What}{(entry is null ? "" : $", {WireName.Of(entry.Type)} at {Moment.At(entry.At)}")}."));
        _output.WriteLine(Warning);
        _output.WriteLine();
        var justification = erasure.Justification ?? await Asking.LineAsync("Why? It is kept; repeat nothing of what is erased:", interrupted).ConfigureAwait(false);
        return justification.Length > 0 && await Asking.YesAsync("Erase it for good?", interrupted).ConfigureAwait(false) ? justification : null;
    }

    private async Task<ExecutionInstance> SendAsync(string justification)
    {
        try
        {
            return await client.Instances.RedactAsync(erasure.Instance, new NewRedaction(erasure.Sequence, erasure.Fields, justification), erasure.Key, interrupted).ConfigureAwait(false);
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.InvalidTransition)
        {
            throw new CommandRefusedException(ExitStatus.Overtaken, $"Nothing was erased: {Printable.Text(refused.Detail)}", refused);
        }
        catch (Exception lost) when (Connecting.IsLost(lost))
        {
            throw new CommandRefusedException(
                ExitStatus.Unknown,
                $"Whether it was erased is not known ({Connecting.WhyLost(lost)}). Send the same again with --key {Printable.Text(erasure.Key)}: it is erased once at most.",
                lost);
        }
    }
}
