using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Ledger;

/// <summary>What the ledger says; the event ids are stable.</summary>
internal static partial class LedgerLog
{
    [LoggerMessage(1200, LogLevel.Information, "Log {Origin} is open at {Size} entries, signed by {KeyId}.")]
    public static partial void Open(ILogger logger, string origin, long size, string keyId);

    [LoggerMessage(1201, LogLevel.Warning, "Log {Origin}: {Count} commits were refused, known not to have happened: {Why}")]
    public static partial void Failed(ILogger logger, string origin, int count, string why);

    [LoggerMessage(1202, LogLevel.Warning, "Log {Origin}: the connection was lost while a commit of {Count} was under way; reading back what came of it.")]
    public static partial void Unknown(ILogger logger, string origin, int count, Exception cause);

    [LoggerMessage(1203, LogLevel.Warning, "Log {Origin}: the commit of {Count} that was under way {Outcome}.")]
    public static partial void Resolved(ILogger logger, string origin, int count, string outcome);

    [LoggerMessage(1204, LogLevel.Error, "Log {Origin}: a commit cannot be stored: {Fault}")]
    public static partial void Rejected(ILogger logger, string origin, string fault);

    [LoggerMessage(1205, LogLevel.Critical, "{What}")]
    public static partial void Broken(ILogger logger, string what);

    [LoggerMessage(1206, LogLevel.Warning, "Log {Origin}: ended {Count} sessions that held the log without going on.")]
    public static partial void EndedHolders(ILogger logger, string origin, long count);

    [LoggerMessage(1207, LogLevel.Error, "Log {Origin}: a batch failed in a way nobody foresaw.")]
    public static partial void Unforeseen(ILogger logger, string origin, Exception cause);

    [LoggerMessage(1208, LogLevel.Error, "Log {Origin}: {Count} commits are left without an answer, for the silo stops and the database cannot be asked.")]
    public static partial void Abandoned(ILogger logger, string origin, int count);

    [LoggerMessage(1210, LogLevel.Warning, "The newest heads cannot be remembered outside the database, so a restored one may not be noticed: {Why}")]
    public static partial void HeadsNotRemembered(ILogger logger, string why);

    [LoggerMessage(1209, LogLevel.Warning, "What other silos commit cannot be looked for and is followed again once the storage is back: {Why}")]
    public static partial void HeadsUnknown(ILogger logger, string why);
}
