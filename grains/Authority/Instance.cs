using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Authority;

/// <summary>An instance as its entries make it: a fold, never stored, only cached.</summary>
public sealed record Instance
{
    /// <summary>Its id.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>What it is bound to for good.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Its state.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>How many entries it has.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the last of them.</summary>
    public required Digest Head { get; init; }

    /// <summary>Who created it.</summary>
    public required Actor Creator { get; init; }

    /// <summary>When it was created.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When its last entry was made.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>What it was created with; none once that was erased.</summary>
    public PrivateField? TriggerContext { get; init; }

    /// <summary>What people are asked, while it waits.</summary>
    public Pending? Pending { get; init; }

    /// <summary>The decision that counted last.</summary>
    public DecisionMade? LastDecision { get; init; }

    /// <summary>What the work is to use: what was asked for, or what an override made of it.</summary>
    public CanonicalBytes? Context { get; init; }

    /// <summary>From this instant on an approval cannot be taken up any more.</summary>
    public Instant? ExecuteBy { get; init; }

    /// <summary>Why it was terminated.</summary>
    public Reason? Reason { get; init; }
}

/// <summary>What people are asked.</summary>
/// <param name="Request">The question.</param>
/// <param name="RequestedBy">Who asked; neither this actor nor the creator decides.</param>
/// <param name="Since">Since when this level has been asked.</param>
public sealed record Pending(AuthorityRequest Request, Actor RequestedBy, Instant Since)
{
    /// <summary>What people are shown; none once that was erased.</summary>
    public PrivateField? Snapshot { get; init; }

    /// <summary>The approvals so far, where several are needed.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];
}

/// <summary>One of several needed approvals.</summary>
/// <param name="Approver">Who approved, and as what.</param>
/// <param name="Grantor">On whose behalf, if the person acted under a delegation: the two count as one.</param>
public sealed record Approval(Actor Approver, Person? Grantor);

/// <summary>A decision that counted.</summary>
/// <param name="DecisionId">Its id.</param>
/// <param name="Type">What was decided.</param>
/// <param name="Person">By whom.</param>
/// <param name="At">When.</param>
public sealed record DecisionMade(Guid DecisionId, DecisionType Type, Actor Person, Instant At);
