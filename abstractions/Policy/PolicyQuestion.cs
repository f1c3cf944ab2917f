using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Policy;

/// <summary>What policy is asked about. Nothing of a tool's payload is in it: only what the caller declared.</summary>
public sealed record PolicyQuestion
{
    /// <summary>The instance; none for a dry run that is about no instance.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>The state the instance is in; CREATED when it is about to start.</summary>
    public required ExecutionState CurrentState { get; init; }

    /// <summary>Who asks.</summary>
    public required string ActorId { get; init; }

    /// <summary>The roles that the actor's token proves.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>The governed step, or none for a start.</summary>
    public string? Step { get; init; }

    /// <summary>What is declared about the step, and what the entry binds.</summary>
    public required CanonicalBytes ExecutionContext { get; init; }

    /// <summary>The policy version that is asked.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>Whether nothing follows from the answer.</summary>
    public bool DryRun { get; init; }
}
