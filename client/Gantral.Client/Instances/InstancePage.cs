namespace Gantral.Client;

/// <summary>A page of instances.</summary>
/// <param name="Instances">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record InstancePage(IReadOnlyList<ExecutionInstance> Instances, string? NextCursor);
