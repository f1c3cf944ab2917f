using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Authority;

/// <summary>What an instance is bound to at its creation, for good.</summary>
public sealed record Binding
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>The hash of the version's definition.</summary>
    public required Digest WorkflowHash { get; init; }

    /// <summary>The team that owns the instance.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>The policy version that is asked.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>The hash of that version's content.</summary>
    public required Digest PolicyHash { get; init; }

    /// <summary>Whether policy stops the instance or is only recorded.</summary>
    public required Mode Mode { get; init; }

    /// <summary>Policies that the operator composes in, whatever the workflow names; in ascending order of their ids.</summary>
    public ImmutableArray<PolicyReference> RequiredPolicies { get; init; } = [];

    /// <summary>The settings of the operator that governed at the creation; in ascending order of their ids.</summary>
    public ImmutableArray<SettingReference> Settings { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Binding? other) =>
        other is not null
        && WorkflowId == other.WorkflowId && WorkflowVersion == other.WorkflowVersion && WorkflowHash == other.WorkflowHash
        && OwningTeamId == other.OwningTeamId && Materiality == other.Materiality && Mode == other.Mode
        && PolicyVersionId == other.PolicyVersionId && PolicyHash == other.PolicyHash
        && RequiredPolicies.AsSpan().SequenceEqual(other.RequiredPolicies.AsSpan())
        && Settings.AsSpan().SequenceEqual(other.Settings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(WorkflowId, WorkflowVersion, OwningTeamId, PolicyVersionId, Mode);
}
