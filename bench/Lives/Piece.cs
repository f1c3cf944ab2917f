namespace Gantral.Bench.Lives;

/// <summary>Work that a runner has in hand.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="FencingToken">That it is this runner's own.</param>
/// <param name="InstanceId">Whose.</param>
/// <param name="IsResumed">Whether a person has approved it, and it goes on.</param>
internal readonly record struct Piece(Guid TaskId, long FencingToken, Guid InstanceId, bool IsResumed);
