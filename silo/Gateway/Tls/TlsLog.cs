using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Tls;

/// <summary>What is said of the certificate that is served; the event ids are stable.</summary>
internal static partial class TlsLog
{
    [LoggerMessage(1340, LogLevel.Information, "The certificate in {File} was replaced and is served from now on; it ends at {NotAfter:O}.")]
    public static partial void Replaced(ILogger logger, string file, DateTime notAfter);

    [LoggerMessage(1341, LogLevel.Error, "{Fault} The certificate before is served on; it ends at {NotAfter:O}.")]
    public static partial void NotReplaced(ILogger logger, string fault, DateTime notAfter);
}
