using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Triggers;

/// <summary>What is logged about triggers, with stable ids.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(1720, LogLevel.Warning, "Schedules cannot be looked after ({Why}); they fire as soon as the storage is back, as each says of what was missed.")]
    public static partial void StorageAway(ILogger logger, string why);

    [LoggerMessage(1721, LogLevel.Information, "Schedules are looked after again.")]
    public static partial void StorageBack(ILogger logger);

    [LoggerMessage(1722, LogLevel.Error, "Trigger {Place} of {WorkflowId}@{WorkflowVersion} was not fired and is left out: {Code}. {Why}")]
    public static partial void NotFired(ILogger logger, int place, string workflowId, string workflowVersion, string code, string why);

    [LoggerMessage(1723, LogLevel.Warning, "The time zone {TimeZone} of {WorkflowId}@{WorkflowVersion} is not known on this machine, so nothing of it fires from here; install the time zone database.")]
    public static partial void ZoneUnknown(ILogger logger, string timeZone, string workflowId, string workflowVersion);

    [LoggerMessage(1724, LogLevel.Error, "The triggers of {WorkflowId}@{WorkflowVersion} cannot be looked after and are tried again.")]
    public static partial void Unforeseen(ILogger logger, string workflowId, string workflowVersion, Exception cause);
}
