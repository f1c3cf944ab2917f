using Gantral.Cli.Terminal;
using Gantral.Evidence.Log;

namespace Gantral.Cli.Logs;

/// <summary>
/// A copy of a log in a folder, in the paths of C2SP tlog-tiles. A file is there whole or not at all, and the checkpoint is
/// written last: whatever breaks off leaves the copy as it was, with some tiles more that the next run looks at again.
/// </summary>
internal sealed class KeptLog : ITileSource, ITileSink, IDisposable
{
    private const string CheckpointName = "checkpoint";
    private const string TurnName = ".following";

    private readonly string _folder;
    private readonly FileStream _turn;

    private KeptLog(string folder, FileStream turn) => (_folder, _turn) = (folder, turn);

    /// <summary>Where the newest head that was verified lies.</summary>
    public string CheckpointPath => Path.Combine(_folder, CheckpointName);

    /// <summary>Where heads are kept that contradict it.</summary>
    public string ContradictionFolder => Path.Combine(_folder, "contradiction");

    /// <summary>Takes the folder, which nobody else may write to meanwhile.</summary>
    public static KeptLog Open(string folder) => Writing(folder, () =>
    {
        Directory.CreateDirectory(folder);
        return new KeptLog(folder, new FileStream(Path.Combine(folder, TurnName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    });

    /// <inheritdoc/>
    public bool TryRead(TileId tile, Span<byte> destination)
    {
        if (ReadFile(tile.Path) is not { } bytes || bytes.Length != destination.Length)
        {
            return false;
        }

        bytes.CopyTo(destination);
        return true;
    }

    /// <inheritdoc/>
    public void Take(TileId tile, ReadOnlySpan<byte> hashes)
    {
        // What a run before left is the same, and need not be written again.
        if (ReadFile(tile.Path) is not { } there || !hashes.SequenceEqual(there))
        {
            Write(tile.Path, hashes);
        }
    }

    /// <summary>Forgets a tile that turned out to be of no use.</summary>
    public void Drop(TileId tile) => Writing(tile.Path, () =>
    {
        File.Delete(Whole(tile.Path));
        return true;
    });

    /// <summary>The entries under a tile of leaves, as they were served, or none.</summary>
    public byte[]? ReadEntries(TileId tile) => ReadFile(EntriesOf(tile));

    /// <summary>Keeps the entries under a tile of leaves.</summary>
    public void WriteEntries(TileId tile, ReadOnlySpan<byte> bundle) => Write(EntriesOf(tile), bundle);

    /// <summary>Keeps a head, now that all that it covers is there.</summary>
    public void WriteCheckpoint(byte[] note) => Write(CheckpointName, note);

    /// <summary>Takes away the narrower tiles that a wider or full one has taken the place of.</summary>
    public void DropPartials(long before, long size)
    {
        foreach (var old in TileId.PartialsAt(before).Where(old => !TileId.PartialsAt(size).Contains(old)))
        {
            foreach (var path in old.Level == 0 ? [old.Path, EntriesOf(old)] : new[] { old.Path })
            {
                Writing(path, () =>
                {
                    File.Delete(Whole(path));
                    var folder = Path.GetDirectoryName(Whole(path))!;
                    if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                    {
                        Directory.Delete(folder);
                    }

                    return true;
                });
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static string EntriesOf(TileId tile) => $"tile/entries{tile.Path["tile/0".Length..]}";

    private string Whole(string path) => Path.Combine(_folder, path);

    private byte[]? ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(Whole(path));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(ExitStatus.Unusable, $"{Printable.Text(Whole(path))} cannot be read: {Printable.Text(refused.Message.TrimEnd('.'))}.", refused);
        }
    }

    private void Write(string path, ReadOnlySpan<byte> bytes) => AtomicFile.Keep(Whole(path), bytes.ToArray());

    private static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(path)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}.", refused);
        }
    }
}
