using System.Globalization;

namespace Gantral.Cli.Verify;

/// <summary>Tells a person at a terminal how far a large file is; says nothing to anything else.</summary>
internal sealed class VerifyProgress(long? fileLength)
{
    private const long WorthTelling = 50_000_000;
    private const long MillisecondsBetween = 200;

    private readonly bool _on = fileLength > WorthTelling && !Console.IsErrorRedirected;
    private long _instances;
    private long _nextAt;

    /// <summary>So many bytes were read.</summary>
    public void Read(long bytes) =>
        Tell(bytes >= fileLength ? "Read; replaying…" : string.Create(CultureInfo.InvariantCulture, $"Reading {bytes / 1_000_000:N0} of {fileLength / 1_000_000:N0} MB ({100 * bytes / fileLength} %)"));

    /// <summary>One more instance was replayed.</summary>
    public void Replayed() => Tell(string.Create(CultureInfo.InvariantCulture, $"Replayed {++_instances:N0} instances"));

    /// <summary>Leaves the line as it was.</summary>
    public void Clear()
    {
        if (_on)
        {
            Console.Error.Write("\r\e[K");
        }
    }

    private void Tell(string text)
    {
        if (_on && Environment.TickCount64 >= _nextAt)
        {
            _nextAt = Environment.TickCount64 + MillisecondsBetween;
            Console.Error.Write($"\r{text}\e[K");
        }
    }
}
