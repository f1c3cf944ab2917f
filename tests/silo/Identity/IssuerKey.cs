using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.Identity;

/// <summary>A key that an issuer signs with.</summary>
internal sealed class IssuerKey(string id, string algorithm, int rsaBits = 2048)
{
    private readonly RSA? _rsa = algorithm[0] is 'R' or 'P' ? RSA.Create(rsaBits) : null;
    private readonly ECDsa? _curve = algorithm[0] == 'E' ? ECDsa.Create(CurveOf(algorithm)) : null;

    /// <summary>One for all tests that only need any: such keys take their time to be made.</summary>
    public static IssuerKey SomeRsa { get; } = new("first", "RS256");

    public string Id => id;

    public string Algorithm => algorithm;

    /// <summary>The public half, in the spellings that people have mistaken for a shared secret.</summary>
    public IEnumerable<byte[]> PublicSpellings =>
        [Asymmetric.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(Asymmetric.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(Asymmetric.ExportSubjectPublicKeyInfoPem() + "\n")];

    private AsymmetricAlgorithm Asymmetric => (AsymmetricAlgorithm?)_rsa ?? _curve!;

    /// <summary>As it stands in a key set.</summary>
    public JsonObject Jwk()
    {
        var jwk = new JsonObject { ["kid"] = id, ["use"] = "sig", ["alg"] = algorithm };
        if (_rsa?.ExportParameters(false) is { } rsa)
        {
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(rsa.Modulus), Base64Url.EncodeToString(rsa.Exponent));
            return jwk;
        }

        var point = _curve!.ExportParameters(false).Q;
        (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", $"P-{(algorithm == "ES512" ? "521" : algorithm[2..])}", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return jwk;
    }

    public string Token(JsonObject claims, JsonObject? header = null, string? signAs = null)
    {
        var signed = $"{Mint.Part((header ?? Header()).ToJsonString())}.{Mint.Part(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed), signAs ?? algorithm))}";
    }

    public JsonObject Header() => new() { ["alg"] = algorithm, ["kid"] = id, ["typ"] = "at+jwt" };

    private byte[] Sign(byte[] bytes, string algorithm)
    {
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        return _rsa?.SignData(bytes, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            ?? _curve!.SignData(bytes, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECCurve CurveOf(string algorithm) => algorithm switch
    {
        "ES256" => ECCurve.NamedCurves.nistP256,
        "ES384" => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };
}
