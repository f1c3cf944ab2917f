using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>Instances that have come to the same place.</summary>
/// <param name="State">Their state.</param>
/// <param name="Reason">Why they were terminated.</param>
/// <param name="Count">How many there are.</param>
public sealed record ExecutionCount(ExecutionState State, Reason? Reason, long Count);
