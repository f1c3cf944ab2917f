using System.Collections.Immutable;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>Whose tokens are believed: the issuers that are configured, whose keys are fetched while this lives, and that of the development identity.</summary>
internal sealed class OpenIssuers : IAsyncDisposable
{
    private readonly ImmutableArray<FetchedKeys> _fetched;

    private OpenIssuers(ImmutableArray<FetchedKeys> fetched, ImmutableArray<TokenIssuer> all) => (_fetched, All) = (fetched, all);

    /// <summary>All of them.</summary>
    public ImmutableArray<TokenIssuer> All { get; }

    /// <summary>Opens them and waits for none: an issuer that is away now is asked again.</summary>
    public static OpenIssuers Open(SiloSettings settings, ILoggerFactory logs)
    {
        var logger = logs.CreateLogger("Gantral.Identity");
        TokenIssuer[] development = settings.DevelopmentIdentity ? [DevelopmentIssuer.Open(settings.Data)] : [];
        if (settings.DevelopmentIdentity)
        {
            StartupLog.DevelopmentIdentity(logger, DevelopmentIssuer.KeyFileIn(settings.Data));
        }
        else if (settings.Issuers.IsEmpty)
        {
            StartupLog.NoIssuer(logger);
        }

        // Where nobody calls, nobody's keys are needed.
        var issuers = settings.Roles.Contains(SiloRole.Gateway) ? settings.Issuers : [];
        var fetched = issuers.Select(one => new FetchedKeys(one, TimeProvider.System, logger)).ToImmutableArray();
        return new(fetched, [.. issuers.Zip(fetched, (one, keys) => one.Reading(keys)), .. development]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keys in _fetched)
        {
            await keys.DisposeAsync();
        }
    }
}
