using System.Text;
using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Client;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary>
/// Signs the heads of a log, each only as a continuation of the one that it signed before. What was signed is on the disk before
/// anybody else has it: a witness that dies here never signs two histories.
/// </summary>
internal sealed class Witnessing(GantralClient client, TrustedKeys keys, LogSigner signer, int log, string state, CancellationToken interrupted)
{
    private readonly NewestHead _newest = new(client, keys, log, interrupted);

    /// <summary>The head that was signed last; none at the first run.</summary>
    public NotedHead? Signed()
    {
        if (!File.Exists(state))
        {
            return null;
        }

        if (!KnownCheckpoint.TryRead(state, keys, out var checkpoint, out var fault))
        {
            throw new CommandRefusedException(ExitStatus.Unusable, fault);
        }

        var bytes = File.ReadAllBytes(state);
        return SignedNote.TryParse(bytes, out var note, out _) && note.IsSignedBy(signer.PublicKey)
            ? new NotedHead(bytes, checkpoint)
            : throw new CommandRefusedException(ExitStatus.Unusable, $"{Printable.Text(state)} was not signed by this witness. Give the file that it wrote, or another one to begin anew.");
    }

    /// <summary>Signs the newest head, and answers it with its own line; the one from before when the log did not grow.</summary>
    public async Task<NotedHead> SignAsync(NotedHead? signed)
    {
        var newest = await _newest.AskAsync(signed).ConfigureAwait(false);
        if (newest.Checkpoint.Size == signed?.Checkpoint.Size)
        {
            return signed;
        }

        // The lines of other witnesses are theirs to hand in.
        if (!SignedNote.TryParse(newest.Note, out var note, out var fault)
            || !SignedNote.TryCreate(note.Text, [.. note.Signatures.Where(signature => signature.Name == newest.Checkpoint.Origin), signer.Sign(note.Text)], out var cosigned, out fault))
        {
            throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.Malformed, fault, newest.Note);
        }

        var bytes = cosigned.ToBytes();
        AtomicFile.Keep(state, bytes);
        return new NotedHead(bytes, newest.Checkpoint);
    }

    /// <summary>Hands the line to the server, and answers whether the server keeps it.</summary>
    public async Task<bool> HandInAsync(NotedHead signed)
    {
        var line = Encoding.UTF8.GetString(signed.Note).TrimEnd('\n').Split('\n')[^1];
        var kept = await client.Audit.CosignAsync(log, signed.Checkpoint.Size, line, cancellation: interrupted).ConfigureAwait(false);
        return kept.Contains($"{signer.Name}+{signer.PublicKey.KeyId:x8}");
    }
}
