using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Numerics;
using System.Security.Cryptography;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity.Federation;

/// <summary>A JSON Web Key Set (RFC 7517): the public keys in it that are meant for signatures and are strong enough.</summary>
internal static class KeySet
{
    private const int MostKeys = 100;
    private const int LongestKeyId = 255;
    private const int FewestRsaBits = 2048;
    private const int MostRsaBits = 8192;

    /// <summary>The keys by their <c>kid</c>, without those that cannot be used; nothing where it is no key set.</summary>
    public static FrozenDictionary<string, TokenKey>? Read(JsonFields set, FrozenSet<string> algorithms)
    {
        if (set.Find("keys")?.Elements() is not { Length: <= MostKeys } items)
        {
            return null;
        }

        // Two keys under one name: which of them is meant nobody knows, so neither is.
        var keys = from item in items
                   let fields = item.Fields()
                   let name = fields?.Find("kid")?.Text()
                   where name is { Length: > 0 and <= LongestKeyId }
                   group fields by name into same
                   where same.Count() == 1
                   let key = Key(same.First(), algorithms)
                   where key is not null
                   select KeyValuePair.Create(same.Key, key);
        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static TokenKey? Key(JsonFields key, FrozenSet<string> algorithms)
    {
        var isForSignatures = key.Find("use") is not { } use || use.Text() == "sig";
        var mayVerify = key.Find("key_ops") is not { } operations || operations.Texts()?.Contains("verify") == true;
        if (!isForSignatures || !mayVerify)
        {
            return null;
        }

        var named = key.Find("alg") is { } only ? [only.Text() ?? ""] : algorithms;
        try
        {
            return key.Find("kty")?.Text() switch
            {
                "RSA" => Rsa(key, [.. algorithms.Where(one => named.Contains(one) && TokenAlgorithms.Rsa.Contains(one))]),
                "EC" => Elliptic(key, algorithms, named),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            // Numbers that are no key, such as a point beside its curve.
            return null;
        }
    }

    private static RsaTokenKey? Rsa(JsonFields key, FrozenSet<string> algorithms)
    {
        if (algorithms.Count == 0 || Number(key, "n") is not { } modulus || Number(key, "e") is not { } exponent)
        {
            return null;
        }

        var bits = new BigInteger(modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        return bits is >= FewestRsaBits and <= MostRsaBits && exponent.Length <= 4 && exponent is not [1] && exponent[^1] % 2 == 1
            ? RsaTokenKey.Of(new RSAParameters { Modulus = modulus, Exponent = exponent }, algorithms)
            : null;
    }

    private static EllipticTokenKey? Elliptic(JsonFields key, FrozenSet<string> algorithms, FrozenSet<string> named)
    {
        (ECCurve Curve, int Size, string Algorithm)? form = key.Find("crv")?.Text() switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32, "ES256"),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48, "ES384"),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66, "ES512"),
            _ => null,
        };
        return form is var (curve, size, algorithm) && algorithms.Contains(algorithm) && named.Contains(algorithm)
            && Bytes(key, "x") is { } x && Bytes(key, "y") is { } y && x.Length == size && y.Length == size
                ? EllipticTokenKey.Of(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } })
                : null;
    }

    // Some write a zero in front of a number whose first bit is set.
    private static byte[]? Number(JsonFields key, string name) => Bytes(key, name)?.SkipWhile(one => one == 0).ToArray() is { Length: > 0 } number ? number : null;

    private static byte[]? Bytes(JsonFields key, string name)
    {
        if (key.Find(name)?.Text() is not { } text)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : null;
    }
}
