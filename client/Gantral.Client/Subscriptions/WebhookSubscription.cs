using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>A subscription, and how far it has come where one is asked for by itself.</summary>
public sealed record WebhookSubscription
{
    /// <summary>Its id.</summary>
    public required Guid SubscriptionId { get; init; }

    /// <summary>The team whose workflows it is told of.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>What is sent.</summary>
    public required SubscriptionFormat Format { get; init; }

    /// <summary>Where it is sent; null where the address is itself the secret.</summary>
    public string? Url { get; init; }

    /// <summary>Where the operator mounts the secret.</summary>
    public required string Secret { get; init; }

    /// <summary>Of which entries it is told; empty for all.</summary>
    public IReadOnlyList<EventType> EntryTypes { get; init; } = [];

    /// <summary>Of which workflow; null for all.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Who subscribed.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is off.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>How far it has come, in each log; not in a list.</summary>
    public IReadOnlyList<SubscriptionCursor> Cursors { get; init; } = [];
}
