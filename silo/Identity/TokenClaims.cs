using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>The claims of a token whose signature has been verified, as one issuer's settings read them.</summary>
internal sealed class TokenClaims
{
    private const int LongestName = 255;
    private const int MostNames = 100;
    private const long LatestSecond = 253_402_300_799;

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
        var claims = new Reading(JsonFields.Of(text)!);
        claims.Require(claims.Text("iss") == issuer.Name, "it is of another issuer");
        claims.Require(claims.IsFor(issuer.Audience), "it is for another audience");
        var subject = claims.Text("sub");
        claims.Require(subject is not null, "it names no subject");
        var expires = claims.Second("exp");
        claims.Require(expires is not null, "it has no expiry");
        var notBefore = claims.Second("nbf");
        var issuedAt = claims.Second("iat");
        var authenticatedAt = claims.Second("auth_time") ?? issuedAt;
        var client = claims.Text("azp");
        var isDelegated = claims.Has("act");
        var proof = issuer.HumanProof is { } human && claims.Says(human.Claim, human.Value);
        var teams = claims.Names(issuer.TeamsClaim);
        var roles = claims.Names(issuer.RolesClaim);
        fault = claims.Fault;
        if (fault is not null)
        {
            return null;
        }

        // Three proofs, and each alone is not enough: what is no person for certain is a program.
        var isHuman = proof && !isDelegated && client is not null && issuer.PeopleClients.Contains(client);
        var actor = new Actor(subject!, issuer.Name, isHuman ? ActorKind.Human : ActorKind.Workload)
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

    private static bool IsName(string? text) => text is { Length: > 0 and <= LongestName } && !text.Any(char.IsControl);

    // A claim of the wrong type is a fault, never a claim that is not there.
    private sealed class Reading(JsonFields fields)
    {
        public string? Fault { get; private set; }

        public void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                Fault ??= otherwise;
            }
        }

        public bool Has(string claim) => fields.Take(claim) is not null;

        public bool Says(string claim, string value) => fields.Take(claim) is { } said && said.Text() == value;

        public string? Text(string claim)
        {
            if (fields.Take(claim) is not { } value)
            {
                return null;
            }

            var text = value.Text();
            Require(IsName(text), $"its {claim} is not a text of 1 to {LongestName} characters");
            return text;
        }

        public long? Second(string claim)
        {
            if (fields.Take(claim) is not { } value)
            {
                return null;
            }

            var second = value.Integer();
            Require(second is >= 0 and <= LatestSecond, $"its {claim} is not a whole number of seconds");
            return second;
        }

        public bool IsFor(string audience) => fields.Take("aud") is { } value
            && (value.Text() == audience || (value.Texts() is [var only] && only == audience));

        public ImmutableArray<string> Names(string claim)
        {
            if (fields.Take(claim) is not { } value)
            {
                return [];
            }

            var names = value.Texts() ?? [""];
            Require(names.Length <= MostNames && names.All(IsName), $"its {claim} are not a list of at most {MostNames} names");
            return [.. names.Distinct(StringComparer.Ordinal)];
        }
    }
}
