using System.Diagnostics.CodeAnalysis;
using Gantral.Cli.Terminal;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>A head that the auditor kept from an earlier audit. It counts only with the signature of a trusted key.</summary>
internal static class KnownCheckpoint
{
    /// <summary>Reads a checkpoint and checks its signature, or says what is wrong and what to do.</summary>
    public static bool TryRead(string path, TrustedKeys keys, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        var name = Printable.Text(path);
        if (!InputFile.TryRead(path, SignedNote.MaxBytes, out var bytes, out fault))
        {
            fault = $"The known checkpoint cannot be read: {fault}. Give with --checkpoint a signed checkpoint that you kept.";
            return false;
        }

        if (!SignedNote.TryParse(bytes, out var note, out fault) || !Checkpoint.TryParse(note.Text, out var read, out fault))
        {
            fault = $"{name} is no signed checkpoint: {Printable.Text(fault)} Give the note exactly as you kept it.";
            return false;
        }

        if (!keys.Logs.TryGetValue(read.Origin, out var logKeys))
        {
            fault = $"The keys file names no key of {Printable.Text(read.Origin)}, the log of {name}. Give the keys file of that log, or leave the checkpoint out.";
            return false;
        }

        if (!logKeys.Any(key => key.Covers(read.Size - 1) && note.IsSignedBy(key.Key)))
        {
            fault = $"No key of the keys file vouches for {name}: it is signed by another key, or wrongly, or at a size for which the key is not trusted. Do not rely on it, or give the keys file that fits it.";
            return false;
        }

        (checkpoint, fault) = (read, null);
        return true;
    }
}
