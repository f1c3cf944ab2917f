using System.Collections.Immutable;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>Bearer tokens: signed by a known key of a configured issuer, for us, now. Whatever is not exactly that is refused.</summary>
internal sealed class TokenValidator(ImmutableArray<TokenIssuer> issuers, TimeProvider clock)
{
    /// <summary>How far two clocks may be apart.</summary>
    public const int SkewSeconds = 60;

    private const string Unreadable = "The bearer token is not a signed JWT as it is expected here";
    private readonly ProvenTokens _proven = new();

    /// <summary>Looks at a token.</summary>
    public TokenVerdict Validate(string token)
    {
        if (token.Length > TokenParts.MostCharacters)
        {
            return TokenVerdict.Refused($"The bearer token is longer than {TokenParts.MostCharacters} characters; ask its issuer for one with fewer claims.");
        }

        var hash = ProvenTokens.HashOf(token);
        if (_proven.Find(hash) is { } known)
        {
            return Timely(known) is { } late ? Forget(late) : TokenVerdict.Proven(known.Identity);
        }

        if (TokenParts.Of(token) is not { } parts || Header(parts) is not var (algorithm, keyId))
        {
            return TokenVerdict.Refused($"{Unreadable}; ask an issuer that is configured here for another one.");
        }

        // The claims only say whose key to try; nothing else in them is looked at before the signature.
        var named = JsonFields.Of(parts.Claims)?.Take("iss")?.Text();
        var issuer = issuers.FirstOrDefault(one => one.Name == named);
        if (issuer is null || !issuer.Keys.TryGetValue(keyId, out var key) || key.Algorithm != algorithm || !key.Verifies(parts.Signed, parts.Signature))
        {
            return TokenVerdict.Refused("The bearer token is not signed by a key that is known here; ask an issuer that is configured here for another one.");
        }

        var claims = TokenClaims.Read(parts.Claims, issuer, out var fault);
        fault ??= Timely(claims!);
        if (fault is not null)
        {
            return TokenVerdict.Refused($"The bearer token is signed, but {fault}; ask its issuer for another one.");
        }

        _proven.Keep(hash, claims!);
        return TokenVerdict.Proven(claims!.Identity);

        TokenVerdict Forget(string late)
        {
            _proven.Forget(hash);
            return TokenVerdict.Refused($"The bearer token is signed, but {late}; ask its issuer for another one.");
        }
    }

    // Exactly these fields: a header that brings its own key, or a condition, is not discussed.
    private static (string Algorithm, string KeyId)? Header(TokenParts parts)
    {
        var header = JsonFields.Of(parts.Header);
        var algorithm = header?.Take("alg")?.Text();
        var keyId = header?.Take("kid")?.Text();
        var isJwt = header?.Take("typ") is not { } type || type.Text() == "JWT";
        return algorithm is not null && keyId is not null && isJwt && header!.FirstLeft is null ? (algorithm, keyId) : null;
    }

    private string? Timely(TokenClaims claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return now >= claims.ExpiresAt + SkewSeconds ? "it has expired"
            : claims.NotBefore > now + SkewSeconds ? "it is not valid yet"
            : claims.IssuedAt > now + SkewSeconds ? "it was issued in the future"
            : null;
    }
}
