using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Identity;
using Gantral.Evidence.Json;

namespace Gantral.Cli.Development;

/// <summary>A token of the development identity.</summary>
internal sealed record DevelopmentToken
{
    /// <summary>Whom it speaks for.</summary>
    public required string Actor { get; init; }

    /// <summary>The teams.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>The roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary><c>human</c> or <c>workload</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>From when it holds.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>How long it holds.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Signs it: a compact JWS, ES256.</summary>
    public string Sign(ECDsa key)
    {
        var signed = $"{Part(WriteHeader)}.{Part(WriteClaims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static void WriteHeader(CanonicalWriter json)
    {
        Text(json, "alg", "ES256");
        Text(json, "kid", DevelopmentIdentity.KeyId);
        Text(json, "typ", "JWT");
    }

    private void WriteClaims(CanonicalWriter json)
    {
        var from = From.ToUnixTimeSeconds();
        Text(json, "aud", DevelopmentIdentity.Audience);
        Number(json, "auth_time", from);
        Text(json, "azp", DevelopmentIdentity.Client);
        Number(json, "exp", from + (long)Math.Ceiling(Lifetime.TotalSeconds));
        Number(json, "iat", from);
        Text(json, "iss", DevelopmentIdentity.Issuer);
        Text(json, DevelopmentIdentity.KindClaim, Kind);
        Texts(json, "roles", Roles);
        Text(json, "sub", Actor);
        Texts(json, "teams", Teams);
    }

    private static string Part(Action<CanonicalWriter> write)
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        write(json);
        json.EndObject();
        return Base64Url.EncodeToString(json.Written);
    }

    private static void Text(CanonicalWriter json, string name, string text)
    {
        json.Name(name);
        json.String(text);
    }

    private static void Number(CanonicalWriter json, string name, long number)
    {
        json.Name(name);
        json.Number(number);
    }

    private static void Texts(CanonicalWriter json, string name, IReadOnlyList<string> texts)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var text in texts)
        {
            json.String(text);
        }

        json.EndArray();
    }
}
