using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Silo.Identity;

/// <summary>A compact JWS taken apart: three parts, each in its one base64url spelling, the first two strict JSON.</summary>
/// <param name="Header">The header.</param>
/// <param name="Claims">The claims; nothing in them is believed yet.</param>
/// <param name="Signed">The bytes that the signature covers.</param>
/// <param name="Signature">The signature.</param>
internal sealed record TokenParts(CanonicalBytes Header, CanonicalBytes Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>How many characters a token may have.</summary>
    public const int MostCharacters = 8 * 1024;

    private static readonly JsonLimits Limits = new() { MaxBytes = MostCharacters, MaxDepth = 8 };
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Takes a token apart, or yields nothing.</summary>
    public static TokenParts? Of(string token)
    {
        var parts = token.Length > MostCharacters ? [] : token.Split('.');
        return parts is [var header, var claims, var signature]
            && Decode(header) is { } headerBytes && Decode(claims) is { } claimBytes && Decode(signature) is { } signatureBytes
            && CanonicalJson.TryCanonicalize(headerBytes, Limits, out var headerJson, out _)
            && CanonicalJson.TryCanonicalize(claimBytes, Limits, out var claimsJson, out _)
                ? new(headerJson, claimsJson, Encoding.ASCII.GetBytes(token, 0, header.Length + 1 + claims.Length), signatureBytes)
                : null;
    }

    // The framework's decoder takes padding, white space and stray last bits as well; a token has one spelling.
    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || text.Length % 4 == 1 || text.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == text
            ? bytes[..length]
            : null;
    }
}
