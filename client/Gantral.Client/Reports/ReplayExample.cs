namespace Gantral.Client;

/// <summary>One boundary.</summary>
/// <param name="InstanceId">Of which instance.</param>
/// <param name="Sequence">Which entry of it.</param>
/// <param name="Step">Before which step; null for the start.</param>
public sealed record ReplayExample(Guid InstanceId, long Sequence, string? Step);
