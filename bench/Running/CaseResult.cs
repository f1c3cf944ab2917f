namespace Gantral.Bench.Running;

/// <summary>One line of the result.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Figure">How much.</param>
/// <param name="Unit">Of what.</param>
internal sealed record CaseResult(string Case, double Figure, string Unit)
{
    /// <summary>The most that this machine could do in the same run, or what the figure is compared with.</summary>
    public double? Ceiling { get; init; }

    /// <summary>Figure by ceiling.</summary>
    public double? Ratio => Figure / Ceiling;

    /// <summary>What is to be reached.</summary>
    public string? Reach { get; init; }

    /// <summary>Whether less is better.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>The median of single operations, in milliseconds.</summary>
    public double? P50 { get; init; }

    /// <summary>What 99 of 100 single operations stay under, in milliseconds.</summary>
    public double? P99 { get; init; }

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
