using System.Globalization;
using System.Text;
using Gantral.Cli.Server;
using Gantral.Cli.Verify;
using Gantral.Client;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Doctor;

/// <summary>The newest head of a log: signed by a trusted key, and grown from the one that is remembered.</summary>
internal sealed class LogHead(GantralClient client, TrustedKeys keys, int log, CancellationToken interrupted)
{
    private const string Name = "log head";
    private const string Alarm = "Keep both, change nothing, and tell whoever runs this silo and its auditors.";

    /// <summary>Checks the head, and remembers it if it holds.</summary>
    public async Task<Check> CheckAsync(string? file)
    {
        if (file is null || !File.Exists(file))
        {
            var note = Encoding.UTF8.GetBytes(await client.Audit.CheckpointAsync(log, interrupted).ConfigureAwait(false));
            return TryRead(note, out var head, out var fault) ? await RememberAsync(file, note, head, Size(head)).ConfigureAwait(false) : Check.Fail(Name, fault, Alarm);
        }

        if (!KnownCheckpoint.TryRead(file, keys, out var known, out var wrong))
        {
            return Check.Fail(Name, wrong);
        }

        string text;
        try
        {
            text = await client.Audit.ConsistencyProofAsync(log, known.Size, cancellation: interrupted).ConfigureAwait(false);
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.NotFound)
        {
            return Check.Fail(Name, $"The log does not have the {Words(known.Size)} entries that it had: {refused.Detail}", Alarm);
        }

        if (!ConsistencyText.TryParse(text, known.Size, out var proof))
        {
            return Check.Fail(Name, "The server's proof of consistency cannot be read.", Alarm);
        }

        if (!TryRead(proof.Note, out var newest, out var why))
        {
            return Check.Fail(Name, why, Alarm);
        }

        return newest.Origin != known.Origin
            ? Check.Fail(Name, $"{file} is about {known.Origin}, and log {Words(log)} of this server is {newest.Origin}.", "Say with --log which one you mean, or take another file.")
            : ConsistencyProof.Verify(known.Size, known.Root, newest.Size, newest.Root, proof.Path)
                ? await RememberAsync(file, proof.Note, newest, $"{Size(newest)}; it only grew since {Words(known.Size)}").ConfigureAwait(false)
                : Check.Fail(Name, $"The log of {Words(newest.Size)} entries is no continuation of the {Words(known.Size)} that are remembered: history was rewritten.", Alarm);
    }

    private static async Task<Check> RememberAsync(string? file, byte[] note, Checkpoint head, string found)
    {
        if (file is null)
        {
            return Check.Ok(Name, found);
        }

        await OutputFile.WriteAsync(file, async output =>
        {
            await output.WriteAsync(note).ConfigureAwait(false);
            return note.Length;
        }).ConfigureAwait(false);
        return Check.Ok(Name, $"{found}; {Words(head.Size)} remembered in {file}");
    }

    private bool TryRead(byte[] bytes, out Checkpoint head, out string fault)
    {
        head = null!;
        if (!SignedNote.TryParse(bytes, out var note, out var wrong) || !Checkpoint.TryParse(note.Text, out var read, out wrong))
        {
            fault = $"The head of log {Words(log)} is no signed checkpoint: {wrong}";
            return false;
        }

        (head, fault) = (read, $"No trusted key vouches for the head of {read.Origin}, {Words(read.Size)} entries.");
        return keys.Logs.TryGetValue(read.Origin, out var trusted) && trusted.Any(key => key.Covers(read.Size - 1) && note.IsSignedBy(key.Key));
    }

    private static string Size(Checkpoint head) => $"{head.Origin} has {Words(head.Size)} entries, signed by a known key";

    private static string Words(long number) => number.ToString(CultureInfo.InvariantCulture);
}
