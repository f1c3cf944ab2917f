namespace Gantral.Silo.Reports;

/// <summary>One boundary.</summary>
/// <param name="InstanceId">Of which instance.</param>
/// <param name="Sequence">Which entry of it.</param>
/// <param name="Step">Before which step; none for the start.</param>
public sealed record ReplayExample(string InstanceId, long Sequence, string? Step);
