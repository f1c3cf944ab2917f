using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;
using Gantral.Evidence.Json;

namespace Gantral.Cli.Decisions;

/// <summary>Carries a wish out: shows what would be bound, asks, and sends it once.</summary>
internal sealed class Deciding(GantralClient client, Wish wish, CancellationToken interrupted)
{
    // A program reads what is printed last and nothing else.
    private readonly TextWriter _output = wish.AsJson ? Console.Error : Console.Out;
    private readonly Colour _colour = wish.AsJson ? new Colour(on: false) : Colour.OfThisProcess();

    /// <summary>Decides, and answers the exit status.</summary>
    public async Task<int> RunAsync()
    {
        var instance = await client.Instances.GetAsync(wish.Instance, cancellation: interrupted).ConfigureAwait(false);
        if (instance is not { State: ExecutionState.WaitingForHuman, Pending: { } pending })
        {
            throw Overtaken(Outcome(instance));
        }

        var snapshot = Snapshot.Of(pending);
        if (snapshot.Fault is { } fault)
        {
            throw new CommandRefusedException(ExitStatus.Unusable, fault);
        }

        if (wish.SnapshotHash is { } seen && seen != pending.ContextSnapshotHash)
        {
            throw Overtaken($"What is asked now hashes to {Printable.Text(pending.ContextSnapshotHash)}, not to what you have seen. Nothing was decided. Look at it: gantral show {wish.Instance:D}");
        }

        var choice = await RoleChoice.OfAsync(client, instance, wish.Role, interrupted).ConfigureAwait(false);
        var justification = wish.IsSure ? wish.Justification! : await AskAsync(instance, pending, snapshot, choice).ConfigureAwait(false);
        if (justification is null)
        {
            _output.WriteLine("Nothing was decided.");
            return ExitStatus.Declined;
        }

        var made = await SendAsync(snapshot, new NewDecision
        {
            InstanceId = wish.Instance,
            DecisionType = wish.Type,
            Role = choice.Role,
            DelegationId = choice.Delegation,
            Justification = justification,
            ContextSnapshotHash = pending.ContextSnapshotHash,
            ContextDelta = wish.Delta is { } delta ? (JsonObject)JsonNode.Parse(delta.Span)! : null,
        }).ConfigureAwait(false);
        Console.Out.WriteLine(wish.AsJson ? GantralJson.Of(made) : Said(made));
        return 0;
    }

    // The reason to decide, of somebody who has seen what about; null from somebody who will not.
    private async Task<string?> AskAsync(ExecutionInstance instance, PendingGate pending, Snapshot snapshot, RoleChoice choice)
    {
        var statement = new InstanceStatement(_output, _colour, DateTimeOffset.UtcNow);
        statement.Print(instance);
        statement.Print(pending, snapshot);
        if (wish.Delta is { } delta)
        {
            _output.WriteLine();
            _output.WriteLine("  What your override changes in it:");
            Difference.Print(_output, snapshot.Value, MergePatch.Apply(snapshot.Value, delta), _colour);
        }

        _output.WriteLine();
        var justification = wish.Justification ?? await Asking.LineAsync("Why? It is kept with the decision:", interrupted).ConfigureAwait(false);
        var question = $"{WireName.Of(wish.Type)} this as {Printable.Text(choice.Role)}{(choice.Delegation is null ? "" : ", which was lent to you")}?";
        return justification.Length > 0 && await Asking.YesAsync(question, interrupted).ConfigureAwait(false) ? justification : null;
    }

    private async Task<MadeDecision> SendAsync(Snapshot shown, NewDecision decision)
    {
        try
        {
            return await client.Decisions.DecideAsync(decision, wish.Key, interrupted).ConfigureAwait(false);
        }
        catch (GantralException refused) when (refused.Code is ProblemCode.InvalidTransition or ProblemCode.StaleContext)
        {
            throw Overtaken(await WhyAsync(shown, refused).ConfigureAwait(false), refused);
        }
        catch (Exception lost) when (Connecting.IsLost(lost))
        {
            // One that was interrupted may have been decided as well as one whose answer was lost.
            throw new CommandRefusedException(
                ExitStatus.Unknown,
                $"Whether it was decided is not known ({Connecting.WhyLost(lost)}). Look with gantral show {wish.Instance:D}, or send the same again with --key {Printable.Text(wish.Key)}: it is decided once at most.",
                lost);
        }
    }

    // Who was faster, or what is not as it was shown.
    private async Task<string> WhyAsync(Snapshot shown, GantralException refused)
    {
        var now = await client.Instances.GetAsync(wish.Instance, cancellation: interrupted).ConfigureAwait(false);
        if (now is not { State: ExecutionState.WaitingForHuman, Pending: { } pending })
        {
            return Outcome(now);
        }

        if (refused.Code != ProblemCode.StaleContext || Snapshot.Of(pending) is not { Fault: null } changed)
        {
            return Printable.Text(refused.Detail);
        }

        _output.WriteLine("What is asked has changed since it was shown:");
        Difference.Print(_output, shown.Value, changed.Value, _colour);
        return $"What is asked is not what you were shown any more. Nothing was decided. Look at it anew: gantral show {wish.Instance:D}";
    }

    private static string Outcome(ExecutionInstance now) => Printable.Text(
        $"Nothing was decided: it does not wait any more and is {StateWord.Text(now)}."
        + (now.LastDecision is { } last ? $" The last decision was {InstanceStatement.Words(last)}." : ""));

    private string Said(MadeDecision made)
    {
        var behalf = made.OnBehalfOf is { } grantor ? $" on behalf of {grantor}" : "";
        var after = made.Instance switch
        {
            { State: ExecutionState.WaitingForHuman, Pending: { } pending } => $"It waits on: {pending.Approvals.Count} of {pending.ApprovalsRequired} approvals are there.",
            { } instance => $"The instance is {StateWord.Text(instance)}.",
            null => "",
        };
        return $"{_colour.Good(WireName.Of(made.DecisionType))} by {Printable.Text($"{made.HumanActorId}{behalf} as {made.Role}")}, decision {made.DecisionId:D}. {after}";
    }

    private static CommandRefusedException Overtaken(string message, Exception? cause = null) => new(ExitStatus.Overtaken, message, cause);
}
