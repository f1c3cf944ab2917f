using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>A decision. One just made comes with its instance; one that is read, with what is left of why.</summary>
public sealed record MadeDecision
{
    /// <summary>Its id.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>What it is about.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionType DecisionType { get; init; }

    /// <summary>Who decided.</summary>
    public required string HumanActorId { get; init; }

    /// <summary>In which role.</summary>
    public string? Role { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The policy that asked.</summary>
    public string? PolicyVersionId { get; init; }

    /// <summary>What the person was shown.</summary>
    public required string ContextSnapshotHash { get; init; }

    /// <summary>The hash of why.</summary>
    public string? JustificationHash { get; init; }

    /// <summary>The hash of what an override changes.</summary>
    public string? ContextDeltaHash { get; init; }

    /// <summary>The delegation by which the person holds the role.</summary>
    public Guid? DelegationId { get; init; }

    /// <summary>Who lent the role.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The instance right after it.</summary>
    public ExecutionInstance? Instance { get; init; }

    /// <summary>Why; null once erased.</summary>
    public string? Justification { get; init; }

    /// <summary>What was shown; null once erased.</summary>
    public JsonObject? ContextSnapshot { get; init; }

    /// <summary>What an override changed; null where nothing was, or once erased.</summary>
    public JsonObject? ContextDelta { get; init; }

    /// <summary>Its place among the entries of the instance.</summary>
    public long? Sequence { get; init; }

    /// <summary>The entry that binds it.</summary>
    public string? EntryHash { get; init; }
}
