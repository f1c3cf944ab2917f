using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Streams;

/// <summary>What streams say; the event ids are stable.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Log {LogId} cannot be followed now ({Why}); streams stay open, and go on where they are once the storage is back.")]
    public static partial void StorageAway(ILogger logger, int logId, string why);

    [LoggerMessage(1701, LogLevel.Information, "Log {LogId} is followed again.")]
    public static partial void StorageBack(ILogger logger, int logId);

    [LoggerMessage(1702, LogLevel.Error, "Log {LogId} cannot be followed past position {Position}; it is tried again.")]
    public static partial void Unforeseen(ILogger logger, int logId, long position, Exception cause);
}
