using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>Who is to be told of what.</summary>
public sealed record NewSubscription
{
    /// <summary>Where the operator mounts the secret, such as <c>file://webhooks/payments</c>; never a secret itself.</summary>
    public required string Secret { get; init; }

    /// <summary>What is sent; CloudEvents unless said.</summary>
    public SubscriptionFormat? Format { get; init; }

    /// <summary>Where it is sent: a host that the operator allows. None for Slack, whose address is itself the secret.</summary>
    public string? Url { get; init; }

    /// <summary>Of which entries; of all unless said, for Slack of what waits.</summary>
    public IReadOnlyList<EventType>? EntryTypes { get; init; }

    /// <summary>Of which workflow; of all unless said.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The team; may be left out by a token of one team.</summary>
    public string? OwningTeamId { get; init; }
}
