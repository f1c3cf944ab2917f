using System.Diagnostics;
using System.Globalization;

namespace Gantral.Bench.Running;

/// <summary>What a case took of the machine, from its beginning to its end: warming up, the ceiling and the proof of what was written included.</summary>
/// <param name="Case">The case.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="SiloSeconds">Processor time of this process, which holds the silo where none is said to be elsewhere.</param>
/// <param name="SiloMiB">The most memory this process had until then.</param>
/// <param name="DatabaseSeconds">Processor time of PostgreSQL.</param>
internal sealed record Usage(string Case, double Seconds, double SiloSeconds, double SiloMiB, double DatabaseSeconds)
{
    /// <summary>Does something and takes its measure.</summary>
    public static async Task<(T Result, Usage Usage)> OfAsync<T>(string name, Func<Task<T>> work, Func<double> databaseSeconds)
    {
        var (start, before, databaseBefore) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, databaseSeconds());
        var result = await work();
        using var self = Process.GetCurrentProcess();
        return (result, new Usage(
            name,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (Environment.CpuUsage.TotalTime - before).TotalSeconds,
            self.PeakWorkingSet64 / (1024.0 * 1024),
            databaseSeconds() - databaseBefore));
    }

    /// <summary>Processor time of a server and of all that it ever started, in seconds; nothing where the machine does not say.</summary>
    public static double OfTree(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var ticks = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                // After the name, which may have blanks: state, parent … and, from the twelfth on, user and system time, and those of children that are gone.
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (Path.GetFileName(folder) == processId.ToString(CultureInfo.InvariantCulture))
                {
                    ticks += fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
                }
                else if (fields[1] == processId.ToString(CultureInfo.InvariantCulture))
                {
                    ticks += fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It ended meanwhile, and its parent has its time.
            }
        }

        return ticks / TicksPerSecond;
    }

    private const double TicksPerSecond = 100;
}
