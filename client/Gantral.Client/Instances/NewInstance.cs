using System.Text.Json.Nodes;

namespace Gantral.Client;

/// <summary>An instance to be created.</summary>
public sealed record NewInstance
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Its version.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>The team that owns it; may be left out by a token of one team.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>What it is about, in the caller's own words.</summary>
    public JsonObject? TriggerContext { get; init; }

    /// <summary>Whether it starts at once; true unless said.</summary>
    public bool? Start { get; init; }
}
