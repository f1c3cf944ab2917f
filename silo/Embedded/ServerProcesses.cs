using System.Globalization;

namespace Gantral.Silo.Embedded;

/// <summary>The living PostgreSQL processes of a cluster, as the system sees them: a process id in a file may be anybody's by now.</summary>
internal static class ServerProcesses
{
    public static async Task<IReadOnlyList<int>> OfAsync(string cluster, CancellationToken cancellation) =>
        OperatingSystem.IsLinux() ? OnLinux(cluster) : await ElsewhereAsync(cluster, cancellation);

    // Every process of a server works in its data folder.
    private static List<int> OnLinux(string cluster)
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && WorksIn(process, cluster))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static bool WorksIn(string process, string cluster)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == cluster
                && File.ReadAllText(Path.Combine(process, "comm")).StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended, or it is another account's and so not ours.
        }
    }

    private static async Task<IReadOnlyList<int>> ElsewhereAsync(string cluster, CancellationToken cancellation)
    {
        if (PostmasterFile.Read(cluster) is not { } file)
        {
            return [];
        }

        var command = await Command.RunAsync(["ps", "-o", "command=", "-p", file.ProcessId.ToString(CultureInfo.InvariantCulture)], cancellation);
        return command.Output.Contains("postgres", StringComparison.Ordinal) && command.Output.Contains(cluster, StringComparison.Ordinal) ? [file.ProcessId] : [];
    }
}
