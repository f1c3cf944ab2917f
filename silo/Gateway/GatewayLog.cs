using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway;

/// <summary>What the gateway says; the event ids are stable. Nothing of a body is ever in it.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1300, LogLevel.Error, "{Method} {Path} failed unexpectedly (trace {TraceId}).")]
    public static partial void Failed(ILogger logger, Exception exception, string method, string path, string traceId);

    [LoggerMessage(1301, LogLevel.Warning, "{Method} {Path} could not read the ledger (trace {TraceId}): {Message}")]
    public static partial void LedgerAway(ILogger logger, string method, string path, string traceId, string message);

    [LoggerMessage(1302, LogLevel.Warning, "The readiness check '{Check}' failed unexpectedly.")]
    public static partial void CheckFailed(ILogger logger, Exception exception, string check);

    [LoggerMessage(1303, LogLevel.Warning, "{Method} {Path} takes longer than {Seconds} s; its caller was told that the outcome is not known yet (trace {TraceId}).")]
    public static partial void TakesTooLong(ILogger logger, string method, string path, double seconds, string traceId);
}
