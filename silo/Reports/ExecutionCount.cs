namespace Gantral.Silo.Reports;

/// <summary>Instances that have come to the same place.</summary>
/// <param name="State">Their state.</param>
/// <param name="Reason">Why they were terminated; none for all others.</param>
/// <param name="Count">How many there are.</param>
public sealed record ExecutionCount(string State, string? Reason, long Count);
