namespace Gantral.Client;

/// <summary>A page of subscriptions.</summary>
/// <param name="Subscriptions">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record SubscriptionPage(IReadOnlyList<WebhookSubscription> Subscriptions, string? NextCursor);
