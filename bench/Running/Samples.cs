namespace Gantral.Bench.Running;

/// <summary>Figures of the same thing, taken several times.</summary>
internal static class Samples
{
    /// <summary>The one in the middle.</summary>
    public static double Median(IEnumerable<double> samples) => Percentile(samples, 50);

    /// <summary>What so many of a hundred stay under.</summary>
    public static double Percentile(IEnumerable<double> samples, double percent)
    {
        var sorted = samples.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(sorted.Count * percent / 100))];
    }
}
