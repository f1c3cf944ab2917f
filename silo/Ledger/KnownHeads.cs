using Gantral.Evidence.Log;

namespace Gantral.Silo.Ledger;

/// <summary>
/// The newest heads that silos know, in files outside the database: one that is restored from a backup does not know what it has
/// forgotten. Silos may share the folder; a head is only ever replaced by a larger one.
/// </summary>
public sealed class KnownHeads(string folder)
{
    /// <summary>Where the head of a log lies.</summary>
    public string PathOf(int logId) => Path.Combine(folder, FormattableString.Invariant($"{logId}.txt"));

    /// <summary>The head of a log that is remembered, if one is. Throws <see cref="LogBrokenException"/> when it cannot be read.</summary>
    public (SignedNote Note, Checkpoint Checkpoint)? Read(int logId)
    {
        try
        {
            return SignedNote.TryParse(File.ReadAllBytes(PathOf(logId)), out var note, out var fault) && Checkpoint.TryParse(note.Text, out var checkpoint, out fault)
                ? (note, checkpoint)
                : throw new LogBrokenException($"'{PathOf(logId)}' should hold the newest head of log {logId} that was known, and does not: {fault} Find out who changed it; if nobody can tell, compare with a checkpoint that an auditor kept, and put that in its place.");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LogBrokenException($"'{PathOf(logId)}' holds the newest head of log {logId} that was known, and cannot be read: {failed.Message}");
        }
    }

    /// <summary>Remembers a head in place of a smaller one of the same log, or of one under a name that the log had before; never in place of any other.</summary>
    internal void Keep(int logId, StoredHead head, IEnumerable<string> formers)
    {
        if (!SignedNote.TryParse(head.Note, out var note, out _) || !Checkpoint.TryParse(note.Text, out var checkpoint, out _)
            || (Read(logId) is { Checkpoint: var known } && (known.Origin == checkpoint.Origin ? known.Size >= checkpoint.Size : !formers.Contains(known.Origin))))
        {
            return;
        }

        try
        {
            Write(PathOf(logId), head.Note);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LogBrokenException($"The newest heads cannot be remembered in '{folder}': {failed.Message} Let this user write there, or name another folder in Gantral:KnownHeadsFolder.");
        }
    }

    // Beside its place first, and moved there whole; another silo may be at it as well.
    private void Write(string path, byte[] note)
    {
        Directory.CreateDirectory(folder);
        var draft = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(note);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
