using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Reminders;

/// <summary>What reminders say; the event ids are stable.</summary>
internal static partial class ReminderLog
{
    [LoggerMessage(1500, LogLevel.Warning, "Timers cannot be looked for ({Why}); they wait, and fire as soon as the storage is back.")]
    public static partial void StorageAway(ILogger logger, string why);

    [LoggerMessage(1501, LogLevel.Information, "Timers are looked for again.")]
    public static partial void StorageBack(ILogger logger);

    [LoggerMessage(1502, LogLevel.Warning, "The {Deadline} timer of instance {InstanceId} was not fired and is tried again: {Code}")]
    public static partial void NotFired(ILogger logger, string deadline, Guid instanceId, string code);

    [LoggerMessage(1503, LogLevel.Error, "The {Deadline} timer of instance {InstanceId} cannot be fired and is tried again.")]
    public static partial void Unforeseen(ILogger logger, string deadline, Guid instanceId, Exception cause);

    [LoggerMessage(1504, LogLevel.Warning, "The {Deadline} timer of instance {InstanceId} belonged to no deadline of it; what is listed of the instance was made from its entries again.")]
    public static partial void Stale(ILogger logger, string deadline, Guid instanceId);
}
