using Gantral.Abstractions.Evidence;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>What is used of a token's header: which key of ours it names, and how that one is to be used.</summary>
/// <param name="Algorithm">The <c>alg</c>.</param>
/// <param name="KeyId">The <c>kid</c>.</param>
internal readonly record struct TokenHeader(string Algorithm, string KeyId)
{
    private const int LongestKeyId = 255;

    // A header that brings its own key, names a place for one, sets a condition or wraps something is not discussed.
    private static readonly string[] Refused = ["jku", "jwk", "x5u", "x5c", "crit", "zip", "enc", "cty", "b64"];

    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>Reads a header, or yields nothing. What it says besides is used for nothing, and so may stand there.</summary>
    public static TokenHeader? Of(CanonicalBytes text)
    {
        if (JsonFields.Of(text) is not { } header || Refused.Any(name => header.Find(name) is not null))
        {
            return null;
        }

        var isAccess = header.Find("typ") is not { } type || (type.Text() is { } name && Types.Contains(name, StringComparer.OrdinalIgnoreCase));
        return isAccess && header.Find("alg")?.Text() is { } algorithm && header.Find("kid")?.Text() is { Length: > 0 and <= LongestKeyId } keyId
            ? new(algorithm, keyId)
            : null;
    }
}
