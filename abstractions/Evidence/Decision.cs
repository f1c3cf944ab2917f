using Gantral.Abstractions.Authority;

namespace Gantral.Abstractions.Evidence;

/// <summary>A person's decision, bound to what the person saw. The actor of the entry is the person.</summary>
/// <param name="DecisionId">The id of the decision.</param>
/// <param name="DecisionType">What was decided.</param>
/// <param name="ContextSnapshotHash">The hash of exactly what was shown: the one that was pending.</param>
/// <param name="JustificationHash">The salted hash of the justification.</param>
public sealed record Decision(Guid DecisionId, DecisionType DecisionType, Digest ContextSnapshotHash, Digest JustificationHash)
{
    /// <summary>The salted hash of the change, for an override.</summary>
    public Digest? ContextDeltaHash { get; init; }

    /// <summary>The delegation under which the person acted.</summary>
    public DelegationReference? Delegation { get; init; }
}
