using System.Diagnostics.CodeAnalysis;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Verify;

/// <summary>Opens what the command line names, and says in a sentence why it cannot.</summary>
internal static class InputFile
{
    /// <summary>Opens a file to be read once from its beginning.</summary>
    public static bool TryOpen(string path, [NotNullWhen(true)] out FileStream? opened, [NotNullWhen(false)] out string? fault)
    {
        opened = null;
        if (Directory.Exists(path))
        {
            fault = $"{Printable.Text(path)} is a folder";
            return false;
        }

        try
        {
            opened = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
            fault = null;
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            fault = WhyNot(path, refused);
            return false;
        }
    }

    /// <summary>Reads a whole file that must be small, whatever it turns out to be.</summary>
    public static bool TryRead(string path, int mostBytes, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? fault)
    {
        bytes = null;
        if (!TryOpen(path, out var opened, out fault))
        {
            return false;
        }

        using (opened)
        {
            try
            {
                var buffer = new byte[mostBytes + 1];
                var length = opened.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                bytes = length <= mostBytes ? buffer[..length] : null;
                fault = length <= mostBytes ? null : $"{Printable.Text(path)} has more than {mostBytes} bytes";
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                fault = WhyNot(path, refused);
            }
        }

        return bytes is not null;
    }

    private static string WhyNot(string path, Exception refused) => refused switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{Printable.Text(path)} does not exist",
        UnauthorizedAccessException => $"you may not read {Printable.Text(path)}",
        _ => $"{Printable.Text(path)} cannot be read: {Printable.Text(refused.Message.TrimEnd('.'))}",
    };
}
