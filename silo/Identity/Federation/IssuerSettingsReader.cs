using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Gantral.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Identity.Federation;

/// <summary>Reads the issuers below <c>Gantral:Identity:Issuers</c>: all of it is understood, or a sentence says what is not.</summary>
internal static class IssuerSettingsReader
{
    /// <summary>Where issuers are configured, each under a name of the operator's choice.</summary>
    public const string Setting = "Gantral:Identity:Issuers";

    private const string WellKnown = "/.well-known/openid-configuration";
    private const string Human = "human";
    private const string Workload = "workload";
    private static readonly FixedKeys NoKeys = new(FrozenDictionary<string, TokenKey>.Empty);
    private static readonly string[] UsualAlgorithms = ["RS256", "PS256", "ES256"];

    /// <summary>The issuers. Throws <see cref="ConfigurationRefusedException"/>.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="isDevelopment">Whether an issuer on this machine may be reached without TLS.</param>
    public static ImmutableArray<IssuerSettings> Read(IConfiguration configuration, bool isDevelopment)
    {
        var issuers = configuration.GetSection(Setting).GetChildren().Select(one => Issuer(new IssuerSection(one), isDevelopment)).ToImmutableArray();
        return issuers.GroupBy(one => one.Issuer, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new ConfigurationRefusedException($"{Setting} has '{twice.Key}' twice; put all that holds for it under one name.")
            : issuers;
    }

    private static IssuerSettings Issuer(IssuerSection section, bool isDevelopment)
    {
        var issuer = section.Needed("Issuer", "write the exact iss of its tokens, a URL");
        var caFile = section.Text("CaFile");
        var tokenFile = section.Text("TokenFile");
        Place(section, "Issuer", issuer, isDevelopment);
        var discovery = section.Text("Discovery") is { } elsewhere
            ? Place(section, "Discovery", elsewhere, isDevelopment)
            : Place(section, "Issuer", issuer.TrimEnd('/') + WellKnown, isDevelopment);
        if (tokenFile is not null && discovery.Scheme != Uri.UriSchemeHttps)
        {
            throw section.Refuse("TokenFile", "names a token, and that is sent over https only");
        }

        var settings = new IssuerSettings
        {
            Issuer = issuer,
            Discovery = discovery,
            KeysHosts = Hosts(section, discovery),
            Algorithms = Algorithms(section),
            CaFile = Readable(section, "CaFile", caFile, text => TrustedCertificates.Of(text).Count > 0),
            TokenFile = Readable(section, "TokenFile", tokenFile, text => PresentedToken.Of(text) is not null),
            SignIn = SignIn(section, issuer, discovery),
            Reading = Reading(section, issuer),
        };
        section.End();
        return settings.SignIn is { } signIn && !settings.Reading(NoKeys).PeopleClients.Contains(signIn.ClientId)
            ? throw section.Refuse("PagesClientId", $"is '{signIn.ClientId}', which is not among the Clients that people use")
            : settings;
    }

    private static PagesSignIn? SignIn(IssuerSection section, string issuer, Uri discovery)
    {
        var scope = section.Text("PagesScope");
        return section.Text("PagesClientId") is { } client ? new PagesSignIn(section.Name, issuer, discovery, client, scope ?? "openid")
            : scope is null ? null
            : throw section.Refuse("PagesScope", "needs PagesClientId: the client by which the pages sign people in");
    }

    private static Func<ITokenKeys, TokenIssuer> Reading(IssuerSection section, string name)
    {
        var kind = section.Needed("Kind", $"write {Human} where it vouches for people, {Workload} where for programs alone");
        var isHuman = kind is Human or Workload ? kind == Human : throw section.Refuse("Kind", $"must be {Human} or {Workload}; it is '{kind}'");
        var audiences = section.List("Audiences") ?? throw section.Refuse("Audiences", "is missing: write the aud by which tokens are meant for this silo");
        var clients = section.List("Clients");
        var programs = section.List("ProgramClients");
        var value = section.Text("Human");
        if (isHuman ? clients is null || value is null : programs is not null || value is not null)
        {
            throw isHuman
                ? section.Refuse(clients is null ? "Clients" : "Human", clients is null ? "is missing: list the clients that people use" : "is missing: write the value of the kind claim that proves a person")
                : section.Refuse(programs is not null ? "ProgramClients" : "Human", $"is for issuers of the kind {Human}");
        }

        var services = Services(section);
        var teams = section.List("Teams") ?? (services.IsEmpty || isHuman ? throw section.Refuse("Teams", "is missing: list the teams that it may speak for, or write * for all") : [.. services.Select(one => one.Team)]);
        if (!teams.Contains("*") && services.FirstOrDefault(one => !teams.Contains(one.Team)) is { } stray)
        {
            throw section.Refuse("Services", $"has '{stray.Subject.Text}' for the team '{stray.Team}', which is not among its Teams");
        }

        var roles = section.List("Roles");
        var issuer = new TokenIssuer
        {
            Name = name,
            Audiences = [.. audiences],
            OtherAudiences = [.. section.List("OtherAudiences") ?? []],
            Keys = NoKeys,
            HumanProof = value,
            PeopleClients = isHuman ? [.. clients!] : [],
            Clients = clients is null ? null : [.. clients, .. programs ?? []],
            Claims = Claims(section.Within("Claims")),
            Teams = teams.Contains("*") ? null : [.. teams],
            Roles = roles is null || roles.Contains("*") ? null : [.. roles],
            Services = services,
        };
        return keys => issuer with { Keys = keys };
    }

    private static ClaimMap Claims(IssuerSection? section)
    {
        var usual = new ClaimMap();
        var map = section is null ? usual : new ClaimMap
        {
            ActorId = section.Text("ActorId") ?? usual.ActorId,
            TeamId = section.Text("TeamId") ?? usual.TeamId,
            Roles = section.Text("Roles") ?? usual.Roles,
            Kind = section.Text("Kind") ?? usual.Kind,
            Client = section.Text("Client"),
        };
        section?.End();
        return map;
    }

    private static ImmutableArray<ServiceIdentity> Services(IssuerSection section)
    {
        var services = ImmutableArray.CreateBuilder<ServiceIdentity>();
        foreach (var one in section.Each("Services"))
        {
            var subject = one.Needed("Subject", "write the sub of the program, such as system:serviceaccount:payments:*");
            services.Add(new ServiceIdentity(
                SubjectPattern.Of(subject) ?? throw one.Refuse("Subject", $"is '{subject}'; a * stands for a whole name between : and /, ** only at the end, and neither at the beginning"),
                one.Needed("Team", "write the team that it works for"),
                [.. one.List("Roles") ?? []]));
            one.End();
        }

        return services.ToImmutable();
    }

    private static FrozenSet<string> Algorithms(IssuerSection section)
    {
        var names = section.List("Algorithms") ?? UsualAlgorithms;
        return names.FirstOrDefault(name => !TokenAlgorithms.Rsa.Contains(name) && !TokenAlgorithms.Elliptic.Contains(name)) is { } unknown
            ? throw section.Refuse("Algorithms", $"has '{unknown}'; there are {string.Join(", ", TokenAlgorithms.Rsa.Union(TokenAlgorithms.Elliptic).Order(StringComparer.Ordinal))}")
            : [.. names];
    }

    private static ImmutableArray<Uri> Hosts(IssuerSection section, Uri discovery) =>
        section.List("KeysHosts") is { } hosts
            ? [.. hosts.Select(host => Uri.TryCreate($"{discovery.Scheme}://{host}", UriKind.Absolute, out var url) && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && !host.EndsWith('/')
                && (discovery.Scheme == Uri.UriSchemeHttps || IsThisMachine(url))
                ? url
                : throw section.Refuse("KeysHosts", $"has '{host}', which is no host; write a name or an address, with its port where that is not 443"))]
            : [discovery];

    private static Uri Place(IssuerSection section, string name, string text, bool isDevelopment) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || url is not { UserInfo: "", Query: "", Fragment: "" } ? throw section.Refuse(name, $"is '{text}'; it must be a URL without user, query and fragment")
        : url.Scheme == Uri.UriSchemeHttps ? url
        : url.Scheme == Uri.UriSchemeHttp && isDevelopment && IsThisMachine(url) ? url
        : throw section.Refuse(name, $"is '{text}'; it must begin with https://, and only with Gantral:Identity:Dev may one on this machine begin with http://");

    private static bool IsThisMachine(Uri url) => url.IdnHost == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address));

    private static string? Readable(IssuerSection section, string name, string? path, Func<string, bool> holds)
    {
        try
        {
            return path is null || holds(File.ReadAllText(path)) ? path : throw section.Refuse(name, $"is '{path}', and in that is nothing of use");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw section.Refuse(name, $"is '{path}', which cannot be read: {failed.Message.TrimEnd('.')}");
        }
    }
}
