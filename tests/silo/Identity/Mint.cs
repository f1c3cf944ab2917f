using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.Identity;

/// <summary>Makes tokens, good ones and every other kind, with a key of its own.</summary>
internal sealed class Mint : IDisposable
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static JsonObject Header() => new() { ["alg"] = "ES256", ["kid"] = "gantral-dev", ["typ"] = "JWT" };

    public static JsonObject Claims(string actor = "alice", string[]? teams = null, string[]? roles = null, string kind = "human") => new()
    {
        ["iss"] = "gantral-dev",
        ["aud"] = "gantral",
        ["sub"] = actor,
        ["azp"] = "gantral-cli",
        ["kind"] = kind,
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.ToUnixTimeSeconds() + 3600,
        ["teams"] = new JsonArray([.. (teams ?? ["payments"]).Select(team => (JsonNode)team)]),
        ["roles"] = new JsonArray([.. (roles ?? []).Select(role => (JsonNode)role)]),
    };

    public string Token(JsonObject? claims = null, JsonObject? header = null) =>
        Token((claims ?? Claims()).ToJsonString(), (header ?? Header()).ToJsonString());

    public string Token(string claims, string? header = null)
    {
        var signed = $"{Part(header ?? Header().ToJsonString())}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    public byte[] Sign(string signed) =>
        Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public void Dispose() => Key.Dispose();
}
