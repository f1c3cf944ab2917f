using System.Globalization;
using System.Text;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary>Asks a server for the newest head of a log, and believes it only with a trusted signature and as a continuation of the one that is kept.</summary>
internal sealed class NewestHead(GantralClient client, TrustedKeys keys, int log, CancellationToken interrupted)
{
    /// <summary>The newest head. Throws <see cref="HeadRefusedException"/> when it cannot be believed.</summary>
    public async Task<NotedHead> AskAsync(NotedHead? kept)
    {
        if (kept is null)
        {
            return Read(await CheckpointAsync().ConfigureAwait(false));
        }

        string text;
        try
        {
            text = await client.Audit.ConsistencyProofAsync(log, kept.Checkpoint.Size, cancellation: interrupted).ConfigureAwait(false);
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.NotFound)
        {
            // Where there is no such log this is refused just the same.
            throw Smaller(kept.Checkpoint, Read(await CheckpointAsync().ConfigureAwait(false)));
        }

        if (!ConsistencyText.TryParse(text, kept.Checkpoint.Size, out var proof))
        {
            throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.Malformed, "The server's proof of consistency cannot be read.", Encoding.UTF8.GetBytes(text));
        }

        var newest = Read(proof.Note);
        RequireSameLog(kept.Checkpoint, newest.Checkpoint);
        return ConsistencyProof.Verify(kept.Checkpoint.Size, kept.Checkpoint.Root, newest.Checkpoint.Size, newest.Checkpoint.Root, proof.Path)
            ? newest
            : throw new HeadRefusedException(
                Verdict.Invalid,
                HeadRefusedException.SplitView,
                $"The log {Printable.Text(newest.Checkpoint.Origin)} of {Words(newest.Checkpoint.Size)} entries is no continuation of the {Words(kept.Checkpoint.Size)} that are kept: its history was rewritten, or two of them are shown.",
                newest.Note);
    }

    private async Task<byte[]> CheckpointAsync() => Encoding.UTF8.GetBytes(await client.Audit.CheckpointAsync(log, interrupted).ConfigureAwait(false));

    private NotedHead Read(byte[] bytes)
    {
        if (!SignedNote.TryParse(bytes, out var note, out var fault) || !Checkpoint.TryParse(note.Text, out var head, out fault))
        {
            throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.Malformed, $"The head of log {Words(log)} is no signed checkpoint: {Printable.Text(fault)}", bytes);
        }

        if (!keys.Logs.TryGetValue(head.Origin, out var trusted))
        {
            throw new HeadRefusedException(
                Verdict.Inconclusive, HeadRefusedException.NoTrustedKey, $"The keys file names no key of {Printable.Text(head.Origin)}, which is log {Words(log)} of this server. Get the keys file of that log from somebody you trust.", bytes);
        }

        return trusted.Any(key => key.Covers(head.Size - 1) && note.IsSignedBy(key.Key))
            ? new NotedHead(bytes, head)
            : throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.WrongSignature, $"No trusted key vouches for the head of {Printable.Text(head.Origin)} with {Words(head.Size)} entries.", bytes);
    }

    private static HeadRefusedException Smaller(Checkpoint kept, NotedHead newest)
    {
        RequireSameLog(kept, newest.Checkpoint);
        return new HeadRefusedException(
            Verdict.Invalid,
            HeadRefusedException.RolledBack,
            $"The log {Printable.Text(kept.Origin)} ends at {Words(newest.Checkpoint.Size)} entries, and {Words(kept.Size)} are kept: it was rolled back behind a head that was signed.",
            newest.Note);
    }

    private static void RequireSameLog(Checkpoint kept, Checkpoint newest)
    {
        if (kept.Origin != newest.Origin)
        {
            throw new CommandRefusedException(
                ExitStatus.Overtaken,
                $"What is kept is of {Printable.Text(kept.Origin)}, and the server's log is {Printable.Text(newest.Origin)}. Say with --log which one you mean. If the log was reopened, keep this one as it is and begin anew beside it; docs/auditors-guide.md says what that means.");
        }
    }

    private static string Words(long number) => number.ToString(CultureInfo.InvariantCulture);
}
