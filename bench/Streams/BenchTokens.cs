using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;

namespace Gantral.Bench.Streams;

/// <summary>Tokens of a development issuer whose key nobody else has.</summary>
internal sealed class BenchTokens : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ImmutableArray<TokenIssuer> Issuers => [DevelopmentIssuer.Of(_key)];

    /// <summary>A token of somebody of a team who is nothing but that.</summary>
    public string Of(string team)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "gantral-dev",
            ["aud"] = "gantral",
            ["sub"] = $"reader-of-{team}",
            ["azp"] = "gantral-cli",
            ["kind"] = "human",
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["teams"] = new JsonArray(team),
            ["roles"] = new JsonArray("release-manager"),
        };
        var signed = $"{Part("""{"alg":"ES256","kid":"gantral-dev","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
