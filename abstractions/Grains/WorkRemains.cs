using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>What a runner's process leaves behind, however it ended.</summary>
/// <param name="Evidence">References to evidence held elsewhere.</param>
/// <param name="Cost">What the work cost.</param>
public sealed record WorkRemains(CanonicalBytes? Evidence = null, Cost? Cost = null);
