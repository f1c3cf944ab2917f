using Gantral.Cli.Terminal;

namespace Gantral.Cli.Server;

/// <summary>Where a command puts what it fetched: a file that is there whole or not at all, or standard output.</summary>
internal static class OutputFile
{
    /// <summary>Standard output, in place of a file.</summary>
    public const string StandardOutput = "-";

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

        try
        {
            return await WriteWholeAsync(path, $"{path}.part", write).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(path)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}.", refused);
        }
    }

    private static async Task<long> WriteWholeAsync(string path, string draft, Func<Stream, Task<long>> write)
    {
        var file = new FileStream(draft, FileMode.Create, FileAccess.Write);
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
            File.Delete(draft);
            throw;
        }
    }
}
