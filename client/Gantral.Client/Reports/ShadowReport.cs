namespace Gantral.Client;

/// <summary>What observe-only mode has seen.</summary>
/// <param name="Coverage">What was looked at.</param>
/// <param name="Observed">How many boundaries would not have let an instance pass.</param>
/// <param name="Gates">Where and why, the most frequent first.</param>
/// <param name="Load">Who would have had to decide how much.</param>
public sealed record ShadowReport(ReportCoverage Coverage, long Observed, IReadOnlyList<ShadowGate> Gates, IReadOnlyList<ShadowLoad> Load);
