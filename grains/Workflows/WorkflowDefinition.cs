using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;

namespace Gantral.Grains.Workflows;

/// <summary>What an author wrote about a workflow, understood.</summary>
internal sealed record WorkflowDefinition
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The team that the author named, if one was.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>The policy version that is asked.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>The queue that its runners ask.</summary>
    public required string Queue { get; init; }

    /// <summary>How many processes may begin an instance, one after the other was lost.</summary>
    public required int StartAttempts { get; init; }

    /// <summary>How many processes may go on after one approval.</summary>
    public required int ResumeAttempts { get; init; }

    /// <summary>Whether policy stops an instance or is only recorded.</summary>
    public required Mode Mode { get; init; }

    /// <summary>Who decides when an agent suspends by itself.</summary>
    public required ImmutableArray<string> DefaultApproverRoles { get; init; }

    /// <summary>The connections whose secrets its work needs, in the author's order.</summary>
    public required ImmutableArray<UsedConnection> Connections { get; init; }

    /// <summary>For how long after an instance's end its private content is kept.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The steps, in the author's order.</summary>
    public required ImmutableArray<WorkflowStep> Steps { get; init; }

    /// <summary>What starts it, in the author's order.</summary>
    public required ImmutableArray<WorkflowTrigger> Triggers { get; init; }
}
