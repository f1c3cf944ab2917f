using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Webhooks;

/// <summary>What is logged about deliveries, with stable ids. Never an address, a secret, or what a receiver answered.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(1710, LogLevel.Warning, "Subscriptions cannot be looked after ({Why}); nothing is lost, and deliveries go on as soon as the storage is back.")]
    public static partial void StorageAway(ILogger logger, string why);

    [LoggerMessage(1711, LogLevel.Information, "Subscriptions are looked after again.")]
    public static partial void StorageBack(ILogger logger);

    [LoggerMessage(1712, LogLevel.Warning, "Subscription {SubscriptionId} was not delivered position {Position} of log {LogId}, attempt {Attempt}: {Fault}.")]
    public static partial void NotDelivered(ILogger logger, Guid subscriptionId, int logId, long position, int attempt, string fault);

    [LoggerMessage(1713, LogLevel.Error, "Subscription {SubscriptionId} is not delivered position {Position} of log {LogId} any more; it is among its dead letters.")]
    public static partial void GivenUp(ILogger logger, Guid subscriptionId, int logId, long position);

    [LoggerMessage(1704, LogLevel.Error, "Subscription {SubscriptionId} cannot be served and is tried again.")]
    public static partial void Unforeseen(ILogger logger, Guid subscriptionId, Exception cause);
}
