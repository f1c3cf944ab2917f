using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>What a policy is asked in a dry run.</summary>
public sealed record TrialQuestion
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>Before which step; none for the start.</summary>
    public string? Step { get; init; }

    /// <summary>What a decision would be about.</summary>
    public JsonObject? ExecutionContext { get; init; }

    /// <summary>The state the instance would be in.</summary>
    public ExecutionState? CurrentState { get; init; }

    /// <summary>The instance it would be.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Who would ask; the caller unless said.</summary>
    public string? ActorId { get; init; }

    /// <summary>In which roles; the caller's unless said.</summary>
    public IReadOnlyList<string>? Roles { get; init; }
}
