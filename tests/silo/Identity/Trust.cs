using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Embedded;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Tests.Identity;

/// <summary>A silo's belief in issuers, as their settings say it.</summary>
internal sealed class Trust : IAsyncDisposable
{
    private readonly List<FetchedKeys> _keys = [];
    private readonly TimeProvider _time;

    private Trust(IConfiguration configuration, TimeProvider? time = null)
    {
        _time = time ?? Clock;
        var issuers = IssuerSettingsReader.Read(configuration, isDevelopment: false);
        Tokens = new TokenValidator([.. issuers.Select(one => one.Reading(Fetch(one)))], _time);
    }

    public TokenValidator Tokens { get; }

    public SteppedClock Clock { get; } = new();

    public RecordedLog Log { get; } = new();

    /// <summary>Believes an issuer that vouches for people, with a setting more or another one.</summary>
    public static Trust In(LoopbackIssuer issuer, TestAuthority authority, params (string Name, string Value)[] settings) =>
        new(Configuration([.. People(issuer.Url, authority), .. settings]));

    /// <summary>Believes an issuer that vouches for programs alone.</summary>
    public static Trust InPrograms(LoopbackIssuer issuer, TestAuthority authority, params (string Name, string Value)[] settings) =>
        new(Configuration([("Issuer", issuer.Url), ("Kind", "workload"), ("Audiences", "gantral"), ("CaFile", authority.CaFile), .. settings]));

    public static Trust InBoth(LoopbackIssuer one, LoopbackIssuer other, TestAuthority authority) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(Below("one", [.. People(one.Url, authority), ("Teams", "payments")]))
        .AddInMemoryCollection(Below("other", [.. People(other.Url, authority), ("Teams", "risk")]))
        .Build());

    /// <summary>Believes a provider of the real world, in its time.</summary>
    public static Trust In(OpenIdProvider provider) => new(Configuration(People(provider.Url, provider.Authority)), TimeProvider.System);

    /// <summary>The settings of an issuer that vouches for people.</summary>
    public static (string Name, string Value)[] People(string issuer, TestAuthority authority) =>
    [
        ("Issuer", issuer), ("Kind", "human"), ("Audiences", "gantral"), ("Clients", "gantral-web"), ("ProgramClients", "gantral-agent"),
        ("Human", "human"), ("Teams", "payments,risk"), ("CaFile", authority.CaFile),
    ];

    public static IConfigurationRoot Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder().AddInMemoryCollection(Below("it", settings)).Build();

    /// <summary>Looks at a token, as somebody who waits for the issuer's keys where they are awaited.</summary>
    public ValueTask<TokenVerdict> LookAsync(string token) => Tokens.ValidateAsync(token);

    public async Task<CallerIdentity> LetInAsync(string token)
    {
        var verdict = await LookAsync(token);
        Assert.Null(verdict.Fault);
        return verdict.Identity!;
    }

    public async Task<string> RefuseAsync(string token)
    {
        var verdict = await LookAsync(token);
        Assert.Null(verdict.Identity);
        return verdict.Fault!;
    }

    /// <summary>What is logged about why keys could not be fetched, once it is.</summary>
    public async Task<string> FaultAsync()
    {
        await Until.TrueAsync(() => Log.Says(1601));
        return Log.Lines[0];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keys in _keys)
        {
            await keys.DisposeAsync();
        }
    }

    // The later setting of a name wins.
    private static IEnumerable<KeyValuePair<string, string?>> Below(string name, (string Name, string Value)[] settings) =>
        settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create($"{IssuerSettingsReader.Setting}:{name}:{same.Key}", (string?)same.Last().Value));

    private FetchedKeys Fetch(IssuerSettings settings)
    {
        var keys = new FetchedKeys(settings, _time, Log);
        _keys.Add(keys);
        return keys;
    }
}
