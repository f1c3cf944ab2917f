using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

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

    /// <summary>When it ended.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What it was created with; none once that was erased.</summary>
    public PrivateField? TriggerContext { get; init; }

    /// <summary>What people are asked, while it waits.</summary>
    public Pending? Pending { get; init; }

    /// <summary>The decision that counted last.</summary>
    public DecisionMade? LastDecision { get; init; }

    /// <summary>What the work is to use: what was asked for, or what an override made of it.</summary>
    public CanonicalBytes? Context { get; init; }

    /// <summary>Where the last process that suspended left its checkpoint: a reference with a hash, never what it refers to.</summary>
    public CanonicalBytes? Checkpoint { get; init; }

    /// <summary>From this instant on an approval cannot be taken up any more.</summary>
    public Instant? ExecuteBy { get; init; }

    /// <summary>What was recorded as spent on it, one sum for each currency, in their order.</summary>
    public ImmutableArray<Cost> Costs { get; init; } = [];

    /// <summary>Why it was terminated.</summary>
    public Reason? Reason { get; init; }
}
