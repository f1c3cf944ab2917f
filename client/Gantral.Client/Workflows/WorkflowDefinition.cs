using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>A workflow version as its author writes it.</summary>
public sealed record WorkflowDefinition
{
    /// <summary>The workflow; without an @.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version; without an @.</summary>
    public required string Version { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>The policy version it is bound to.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>Where its work waits for runners.</summary>
    public required string Queue { get; init; }

    /// <summary>Its steps, without a ring.</summary>
    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>Whether policy stops its instances or is only recorded; ENFORCE unless said.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Who is asked when an agent suspends by itself.</summary>
    public IReadOnlyList<string>? DefaultApproverRoles { get; init; }

    /// <summary>How many processes may begin an instance, one after the other was lost; 3 unless said.</summary>
    public int? StartAttempts { get; init; }

    /// <summary>How many processes may go on after one approval; 1 unless said.</summary>
    public int? ResumeAttempts { get; init; }

    /// <summary>The connections whose secrets its work needs, each with its version: <c>payments-api@1</c>.</summary>
    public IReadOnlyList<string>? Connections { get; init; }

    /// <summary>For how long after an instance's end its private content is kept; for ever unless said.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What triggers it, in the words of the reference.</summary>
    public IReadOnlyList<JsonObject>? Triggers { get; init; }

    /// <summary>The team that owns it; may be left out by a token of one team.</summary>
    public string? OwningTeamId { get; init; }
}
