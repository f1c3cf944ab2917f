using Gantral.Cli.Terminal;

namespace Gantral.Cli.Logs;

/// <summary>A file that is on the disk whole under its name, or not at all, whenever the power goes.</summary>
internal static class AtomicFile
{
    /// <summary>The same, refused in a sentence where it cannot be written.</summary>
    public static void Keep(string path, byte[] bytes)
    {
        try
        {
            Write(path, bytes);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(path)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}.", refused);
        }
    }

    /// <summary>Writes it, and its folder if there is none.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
