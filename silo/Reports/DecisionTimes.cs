namespace Gantral.Silo.Reports;

/// <summary>How long people took, by nearest rank; nothing where nothing was decided.</summary>
/// <param name="P50Milliseconds">Half of the gates were decided within this time.</param>
/// <param name="P90Milliseconds">Nine of ten were.</param>
/// <param name="MaxMilliseconds">All were.</param>
public sealed record DecisionTimes(long? P50Milliseconds, long? P90Milliseconds, long? MaxMilliseconds)
{
    /// <summary>The times of a list, in any order.</summary>
    internal static DecisionTimes Of(List<long> times)
    {
        var sorted = times.Order().ToList();
        return new(Rank(sorted, 50), Rank(sorted, 90), Rank(sorted, 100));
    }

    private static long? Rank(List<long> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[(int)((((long)sorted.Count * percent) + 99) / 100) - 1];
}
