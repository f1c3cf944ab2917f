namespace Gantral.Silo.Gateway.Instances;

/// <summary>Where the entry of a decision is.</summary>
/// <param name="InstanceId">In which instance's chain.</param>
/// <param name="Sequence">Which entry of it.</param>
internal sealed record PlacedDecision(Guid InstanceId, long Sequence);
