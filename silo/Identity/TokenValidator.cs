using System.Collections.Immutable;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>Bearer tokens: signed by a known key of a configured issuer, for us, now. Whatever is not exactly that is refused.</summary>
internal sealed class TokenValidator(ImmutableArray<TokenIssuer> issuers, TimeProvider clock)
{
    /// <summary>How far two clocks may be apart.</summary>
    public const int SkewSeconds = 60;

    private const long FarAhead = int.MaxValue * 1000L;

    // One sentence for all that comes before the signature: nobody learns by it whom this silo believes.
    private const string Unknown = "The bearer token is not signed by a key that is known here now; ask an issuer that is configured here for another one, and if you did, send it again in a minute.";

    private readonly ProvenTokens _proven = new();

    /// <summary>Looks at a token. It waits for nobody, unless the token names a key that its issuer may have since lately.</summary>
    public async ValueTask<TokenVerdict> ValidateAsync(string token)
    {
        if (token.Length > TokenParts.MostCharacters)
        {
            return TokenVerdict.Refused($"The bearer token is longer than {TokenParts.MostCharacters} characters; ask its issuer for one with fewer claims.");
        }

        var hash = ProvenTokens.HashOf(token);
        if (_proven.Find(hash) is { } known)
        {
            if (known.IsStillBelieved && Timely(known.Claims) is null)
            {
                return TokenVerdict.Proven(known.Claims.Identity, Left(known.Claims));
            }

            _proven.Forget(hash);
        }

        if (TokenParts.Of(token) is not { } parts || TokenHeader.Of(parts.Header) is not { } header)
        {
            return TokenVerdict.Refused("The bearer token is not a signed JWT as it is expected here; ask an issuer that is configured here for another one.");
        }

        // The claims only say whose key to try; nothing else in them is looked at before the signature.
        var named = JsonFields.Of(parts.Claims)?.Find("iss")?.Text();
        var issuer = issuers.FirstOrDefault(one => one.Name == named);
        var key = issuer is null ? null : await issuer.Keys.FindAsync(header.KeyId);
        if (key is null || !key.Verifies(header.Algorithm, parts.Signed, parts.Signature))
        {
            return TokenVerdict.Refused(Unknown);
        }

        var claims = TokenClaims.Read(parts.Claims, issuer!, out var fault);
        fault ??= Timely(claims!);
        if (fault is not null)
        {
            return TokenVerdict.Refused($"The bearer token is signed, but {fault}; ask its issuer for another one.");
        }

        _proven.Keep(hash, new ProvenToken(claims!, issuer!, header.KeyId, key));
        return TokenVerdict.Proven(claims!.Identity, Left(claims));
    }

    // A day is soon enough to look again.
    private TimeSpan Left(TokenClaims claims) =>
        TimeSpan.FromMilliseconds(Math.Min(TimeSpan.MillisecondsPerDay, ((Math.Min(claims.ExpiresAt, FarAhead) + SkewSeconds) * 1000) - clock.GetUtcNow().ToUnixTimeMilliseconds()));

    private string? Timely(TokenClaims claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return now >= claims.ExpiresAt + SkewSeconds ? "it has expired"
            : claims.NotBefore > now + SkewSeconds ? "it is not valid yet"
            : claims.IssuedAt > now + SkewSeconds ? "it was issued in the future"
            : null;
    }
}
