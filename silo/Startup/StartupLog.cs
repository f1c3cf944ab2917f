using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>What starting and stopping says; the event ids are stable.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(1320, LogLevel.Warning, "THE DEVELOPMENT IDENTITY IS ON: whoever can read {KeyFile} can be anybody, in any role, and decide anything. Never turn it on where decisions count.")]
    public static partial void DevelopmentIdentity(ILogger logger, string keyFile);

    [LoggerMessage(1321, LogLevel.Warning, "No issuer of tokens is configured, so every request but those for health is refused.")]
    public static partial void NoIssuer(ILogger logger);

    [LoggerMessage(1322, LogLevel.Warning, "The setting Gantral:{Name} is not known and does nothing; did you mean Gantral:{Meant}?")]
    public static partial void UnknownSetting(ILogger logger, string name, string meant);

    [LoggerMessage(1323, LogLevel.Warning, "The setting Gantral:{Name} is not known and does nothing.")]
    public static partial void UnknownSetting(ILogger logger, string name);

    [LoggerMessage(1324, LogLevel.Information, "Stopping: no new requests are taken, and those in flight finish.")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(1325, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1327, LogLevel.Information, "Schema: {What}.")]
    public static partial void Migrating(ILogger logger, string what);

    [LoggerMessage(1328, LogLevel.Information, "Log {Origin}: {Instances} instances are made again so far.")]
    public static partial void Rebuilding(ILogger logger, string origin, long instances);

    [LoggerMessage(1329, LogLevel.Information, "Log {Origin}: the projections of {Instances} instances are made again.")]
    public static partial void Rebuilt(ILogger logger, string origin, long instances);

    [LoggerMessage(1330, LogLevel.Information, "Housekeeping is put off: {Why}")]
    public static partial void HousekeepingPutOff(ILogger logger, string why);

    [LoggerMessage(1331, LogLevel.Warning, "The silo listens on {Addresses} without TLS, and tokens cross the network as they are: name a certificate in Gantral:Tls:CertificateFile and its key in Gantral:Tls:KeyFile, or say Gantral:Tls:TerminatedElsewhere=true if a proxy in front speaks TLS.")]
    public static partial void InTheClear(ILogger logger, string addresses);

    [LoggerMessage(1332, LogLevel.Warning, "Log {Former} is reopened at position {Position} as {Origin}; {Known} entries of it were known.")]
    public static partial void Reopened(ILogger logger, string former, long position, long known, string origin);

    [LoggerMessage(1326, LogLevel.Critical, "The silo ends, which it should not have.")]
    public static partial void Failed(ILogger logger, Exception exception);
}
