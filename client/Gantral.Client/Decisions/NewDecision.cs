using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>What a person decides.</summary>
public sealed record NewDecision
{
    /// <summary>What it is about.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>Go on with what was shown, stop for good, or go on with a changed context.</summary>
    public required DecisionType DecisionType { get; init; }

    /// <summary>The role to act in: one of those that the gate names, and the caller's.</summary>
    public required string Role { get; init; }

    /// <summary>What the person was shown, as the pending instance says it.</summary>
    public required string ContextSnapshotHash { get; init; }

    /// <summary>Why, in 3 to 4,000 characters.</summary>
    public required string Justification { get; init; }

    /// <summary>What an override changes, as a JSON merge patch. Only for an override, which needs it.</summary>
    public JsonObject? ContextDelta { get; init; }

    /// <summary>The delegation that lends the role, if the token does not prove it.</summary>
    public Guid? DelegationId { get; init; }
}
