using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>What a person says about a pending gate. Whether it counts is for the core to rule.</summary>
/// <param name="DecisionType">What is decided.</param>
/// <param name="Role">The role the person acts in.</param>
/// <param name="ContextSnapshotHash">What the person saw.</param>
/// <param name="Justification">Why.</param>
/// <param name="ContextDelta">What an override changes, as a JSON merge patch.</param>
public sealed record OfferedDecision(DecisionType DecisionType, string Role, Digest ContextSnapshotHash, string Justification, CanonicalBytes? ContextDelta = null)
{
    /// <summary>The delegation the person acts under, if the role is a borrowed one.</summary>
    public Guid? DelegationId { get; init; }
}
