using Gantral.Cli.Terminal;

namespace Gantral.Cli.Server;

/// <summary>Where a command puts what it fetched: a file that is there whole or not at all, or standard output.</summary>
internal static class OutputFile
{
    /// <summary>Standard output, in place of a file.</summary>
    public const string StandardOutput = "-";

    /// <summary>Where a file is written before it is whole.</summary>
    public static string DraftOf(string path) => $"{path}.part";

    /// <summary>Has the content written, and puts the file in its place when that is done.</summary>
    public static async Task<long> WriteAsync(string path, Func<Stream, Task<long>> write)
    {
        if (path == StandardOutput)
        {
            var output = Console.OpenStandardOutput();
            await using (output.ConfigureAwait(false))
            {
                return await write(output).ConfigureAwait(false);
            }
        }

        return await RefusingAsync(path, () => WriteWholeAsync(path, FileMode.Create, keeps: false, write)).ConfigureAwait(false);
    }

    /// <summary>The same for a file that may take several attempts: what is there of it stays, and the next attempt may go on with it.</summary>
    public static Task<long> WriteOnAsync(string path, bool goesOn, Func<FileStream, Task<long>> write) =>
        RefusingAsync(path, () => WriteWholeAsync(path, goesOn ? FileMode.OpenOrCreate : FileMode.Create, keeps: true, write));

    private static async Task<long> RefusingAsync(string path, Func<Task<long>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(path)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}.", refused);
        }
    }

    private static async Task<long> WriteWholeAsync(string path, FileMode mode, bool keeps, Func<FileStream, Task<long>> write)
    {
        var draft = DraftOf(path);
        var file = new FileStream(draft, mode, FileAccess.ReadWrite);
        try
        {
            long written;
            await using (file.ConfigureAwait(false))
            {
                written = await write(file).ConfigureAwait(false);
            }

            File.Move(draft, path, overwrite: true);
            return written;
        }
        catch
        {
            if (!keeps || new FileInfo(draft).Length == 0)
            {
                File.Delete(draft);
            }

            throw;
        }
    }
}
