using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Queues;

/// <summary>What queues say; the event ids are stable.</summary>
internal static partial class QueueLog
{
    [LoggerMessage(1800, LogLevel.Warning, "Lost runners cannot be looked for ({Why}); their work waits until the storage is back.")]
    public static partial void StorageAway(ILogger logger, string why);

    [LoggerMessage(1801, LogLevel.Information, "Lost runners are looked for again.")]
    public static partial void StorageBack(ILogger logger);

    [LoggerMessage(1802, LogLevel.Information, "The work of {Count} lost runners may be had by others.")]
    public static partial void Freed(ILogger logger, int count);

    [LoggerMessage(1803, LogLevel.Warning, "The runner of instance {InstanceId} was lost, and no other may take the work up: the instance ended with RUNNER_LOST.")]
    public static partial void Ended(ILogger logger, Guid instanceId);

    [LoggerMessage(1804, LogLevel.Warning, "Instance {InstanceId}, whose runner was lost, could not be ended and is tried again: {Why}")]
    public static partial void NotEnded(ILogger logger, Guid instanceId, string why);
}
