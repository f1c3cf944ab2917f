using System.Text.Json.Nodes;

namespace Gantral.Client;

/// <summary>A policy version. In a list it comes without its definition.</summary>
public sealed record RegisteredPolicy
{
    /// <summary>Its id.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>SHA-256 of the canonical definition. Every decision binds it.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>Other teams that may bind it.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required string RegisteredBy { get; init; }

    /// <summary>What its author wrote, without the owning team.</summary>
    public JsonObject? Definition { get; init; }
}
