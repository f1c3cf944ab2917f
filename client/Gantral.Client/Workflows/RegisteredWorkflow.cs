using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>A workflow version. In a list it comes without what its definition says.</summary>
public sealed record RegisteredWorkflow
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the canonical definition.</summary>
    public string? WorkflowHash { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>Whether policy stops its instances or is only recorded.</summary>
    public required Mode Mode { get; init; }

    /// <summary>The policy version it is bound to.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>The content of that version.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>Where its work waits for runners.</summary>
    public string? Queue { get; init; }

    /// <summary>Who is asked when an agent suspends by itself.</summary>
    public IReadOnlyList<string> DefaultApproverRoles { get; init; } = [];

    /// <summary>The connections whose secrets its work needs, each with its version.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>Its steps.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; init; } = [];

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required string RegisteredBy { get; init; }

    /// <summary>What its author wrote, without the owning team.</summary>
    public JsonObject? Definition { get; init; }
}
