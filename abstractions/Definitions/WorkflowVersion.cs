using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>A registered version of a workflow.</summary>
public sealed record WorkflowVersion
{
    /// <summary>What instances of it are bound to.</summary>
    public required Binding Binding { get; init; }

    /// <summary>The content, as its author wrote it.</summary>
    public required CanonicalBytes Definition { get; init; }

    /// <summary>The steps it declares, in the author's order; nothing else may be asked for.</summary>
    public required ImmutableArray<WorkflowStep> Steps { get; init; }

    /// <summary>The queue that its runners ask.</summary>
    public required string Queue { get; init; }

    /// <summary>How many processes may begin an instance, one after the other was lost.</summary>
    public required int StartAttempts { get; init; }

    /// <summary>How many processes may go on after one approval. One, unless its author says otherwise: an approval authorises one execution.</summary>
    public required int ResumeAttempts { get; init; }

    /// <summary>Who decides when an agent suspends by itself and policy names nobody.</summary>
    public required ImmutableArray<string> DefaultApproverRoles { get; init; }

    /// <summary>The connections whose secrets its work needs.</summary>
    public ImmutableArray<UsedConnection> Connections { get; init; } = [];

    /// <summary>What starts it, in the author's order.</summary>
    public ImmutableArray<WorkflowTrigger> Triggers { get; init; } = [];

    /// <summary>For how long after an instance's end its private content is kept; for ever, unless its author says otherwise.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>When it was registered.</summary>
    public required Instant RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required Actor RegisteredBy { get; init; }
}
