namespace Gantral.Silo.Embedded;

/// <summary>One line that the silo remembers in a file of its own, written whole or not at all.</summary>
internal sealed record Note(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string? Read() => File.Exists(Path) ? File.ReadAllText(Path).Trim() : null;

    public void Write(string line)
    {
        if (Read() == line)
        {
            return;
        }

        var draft = $"{Path}.new";
        File.Delete(draft);
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(line);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
    }

    public void Forget() => File.Delete(Path);
}
