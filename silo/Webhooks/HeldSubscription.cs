namespace Gantral.Silo.Webhooks;

/// <summary>A subscription that this silo delivers for a while.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Lease">The number that nobody else has had.</param>
internal sealed record HeldSubscription(Subscription Subscription, long Lease);
