using System.Text.Json.Nodes;

namespace Gantral.Client;

/// <summary>An override.</summary>
/// <param name="InstanceId">Of which instance.</param>
/// <param name="Sequence">Which entry of it.</param>
/// <param name="At">When.</param>
/// <param name="Step">Before which step; null for the start.</param>
/// <param name="HumanActorId">Who decided.</param>
/// <param name="Role">In which role.</param>
/// <param name="ContextDeltaHash">The hash of what was changed.</param>
/// <param name="ContextDelta">What was changed; null once that is erased.</param>
public sealed record OverrideMade(Guid InstanceId, long Sequence, DateTimeOffset At, string? Step, string HumanActorId, string Role, string ContextDeltaHash, JsonNode? ContextDelta);
