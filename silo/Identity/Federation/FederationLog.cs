using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Identity.Federation;

/// <summary>What is logged about issuers, with stable ids. Never what they or anybody sent.</summary>
internal static partial class FederationLog
{
    [LoggerMessage(1600, LogLevel.Information, "The keys of the issuer {Issuer} are fetched; {Keys} can be used.")]
    public static partial void Fetched(ILogger logger, string issuer, int keys);

    [LoggerMessage(1601, LogLevel.Warning, "The keys of the issuer {Issuer} cannot be fetched: {Why}. It is tried again; until then the keys that it had last count for a day, and where there are none, its tokens are refused.")]
    public static partial void NotFetched(ILogger logger, string issuer, string why);

    [LoggerMessage(1602, LogLevel.Error, "Fetching the keys of the issuer {Issuer} failed unexpectedly. It is tried again.")]
    public static partial void Failed(ILogger logger, Exception exception, string issuer);
}
