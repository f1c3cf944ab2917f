using System.Globalization;

namespace Gantral.Silo.Embedded;

/// <summary>What a running server says of itself in <c>postmaster.pid</c>; after a crash it is left over and proves nothing.</summary>
internal sealed record PostmasterFile(int ProcessId, string SocketFolder, bool IsStopping)
{
    private const int ProcessIdLine = 0;
    private const int SocketFolderLine = 4;
    private const int StatusLine = 7;

    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Null when there is no such file, or nothing to be made of it.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(cluster));
        }
        catch (IOException)
        {
            return null; // The server removes it at any moment.
        }

        // A server that is only just starting has not written all lines yet.
        return int.TryParse(lines.ElementAtOrDefault(ProcessIdLine), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new(processId, lines.ElementAtOrDefault(SocketFolderLine) ?? "", lines.ElementAtOrDefault(StatusLine)?.Trim() == "stopping")
            : null;
    }
}
