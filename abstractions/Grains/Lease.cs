namespace Gantral.Abstractions.Grains;

/// <summary>What a runner shows to prove that the work is still its own: whoever takes the task up next gets a higher token.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="FencingToken">The token that came with it.</param>
public readonly record struct Lease(Guid TaskId, long FencingToken);
