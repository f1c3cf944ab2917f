using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>The claims of a token whose signature has been verified, as one issuer's settings read them.</summary>
internal sealed class TokenClaims
{
    private TokenClaims()
    {
    }

    public required CallerIdentity Identity { get; init; }

    public required long ExpiresAt { get; init; }

    public required long? NotBefore { get; init; }

    public required long? IssuedAt { get; init; }

    /// <summary>Reads the claims, or says what is wrong with them.</summary>
    public static TokenClaims? Read(CanonicalBytes text, TokenIssuer issuer, out string? fault)
    {
        var claims = new ClaimsReading(JsonFields.Of(text)!);
        claims.Require(claims.Says("iss", issuer.Name), "it is of another issuer");
        claims.Require(claims.IsFor(issuer.Audiences, issuer.OtherAudiences), "it is for another audience");
        claims.Require(!claims.Has("cnf"), "it is bound to a key, whose proof is not asked for here");
        var id = claims.Text(issuer.Claims.ActorId);
        claims.Require(id is not null, $"it has no {issuer.Claims.ActorId} to name its subject");
        var expires = claims.Second("exp");
        claims.Require(expires is not null, "it has no expiry");
        var notBefore = claims.Second("nbf");
        var issuedAt = claims.Second("iat");
        var authenticatedAt = claims.Second("auth_time") ?? issuedAt;
        var client = Client(claims, issuer);
        var isHuman = PersonProof.Holds(claims, issuer, client);
        var (teams, roles) = isHuman || issuer.Services.IsEmpty ? Mapped(claims, issuer) : Service(claims, issuer);
        fault = claims.Fault;
        if (fault is not null)
        {
            return null;
        }

        var actor = new Actor(id!, issuer.Name, isHuman ? ActorKind.Human : ActorKind.Workload)
        {
            Client = client,
            AuthenticatedAt = authenticatedAt is { } second ? new Instant(second * 1000) : null,
        };
        return new TokenClaims
        {
            Identity = new CallerIdentity(actor, teams, roles),
            ExpiresAt = expires!.Value,
            NotBefore = notBefore,
            IssuedAt = issuedAt,
        };
    }

    private static string? Client(ClaimsReading claims, TokenIssuer issuer)
    {
        string? client;
        if (issuer.Claims.Client is { } named)
        {
            client = claims.Text(named);
        }
        else
        {
            var (party, id) = (claims.Text("azp"), claims.Text("client_id"));
            claims.Require(party is null || id is null || party == id, "its azp and its client_id are two clients");
            client = party ?? id;
        }

        claims.Require(issuer.Clients is null || (client is not null && issuer.Clients.Contains(client)), "its client is not one whose tokens are taken here");
        return client;
    }

    // What an issuer says beyond what it may speak for is as if it were not said: groups of a whole company stand in tokens.
    private static (ImmutableArray<string> Teams, ImmutableArray<string> Roles) Mapped(ClaimsReading claims, TokenIssuer issuer)
    {
        return (Within(claims.Names(issuer.Claims.TeamId, mayBeOne: true), issuer.Teams), Within(claims.Names(issuer.Claims.Roles, mayBeOne: false), issuer.Roles));

        static ImmutableArray<string> Within(ImmutableArray<string> said, FrozenSet<string>? allowed) =>
            allowed is null ? said : [.. said.Where(allowed.Contains)];
    }

    private static (ImmutableArray<string> Teams, ImmutableArray<string> Roles) Service(ClaimsReading claims, TokenIssuer issuer)
    {
        var service = claims.Text("sub") is { } subject ? issuer.Services.FirstOrDefault(one => one.Subject.Matches(subject)) : null;
        claims.Require(service is not null, "no service identity here has its subject");
        return service is null ? ([], []) : ([service.Team], service.Roles);
    }
}
