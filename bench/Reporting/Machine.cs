using System.Globalization;
using System.Runtime.InteropServices;

namespace Gantral.Bench.Reporting;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    /// <summary>The machine in one line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024):F1} GiB, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}");

    private static string Processor()
    {
        const string Known = "/proc/cpuinfo";
        var model = File.Exists(Known) ? File.ReadLines(Known).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model is null ? "unknown processor" : model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
