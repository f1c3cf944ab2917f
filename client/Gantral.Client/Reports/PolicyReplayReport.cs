namespace Gantral.Client;

/// <summary>What would be different under another policy version.</summary>
/// <param name="Coverage">What was looked at.</param>
/// <param name="PolicyVersionId">The version that was asked.</param>
/// <param name="Boundaries">How many boundaries it was asked about.</param>
/// <param name="Erased">How many it could not be asked about, for what policy saw is erased.</param>
/// <param name="Changes">What would change, the most frequent first.</param>
public sealed record PolicyReplayReport(ReportCoverage Coverage, string PolicyVersionId, long Boundaries, long Erased, IReadOnlyList<ReplayChange> Changes);
