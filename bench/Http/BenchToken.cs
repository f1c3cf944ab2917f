using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Identity;

namespace Gantral.Bench.Http;

/// <summary>Tokens as the development identity has them.</summary>
internal static class BenchToken
{
    public static string Of(ECDsa key, string actor, string kind, IEnumerable<string> roles, string team)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Part($$"""{"alg":"ES256","kid":"{{DevelopmentIdentity.KeyId}}","typ":"JWT"}""");
        var claims = Part($$"""
            {"iss":"{{DevelopmentIdentity.Issuer}}","aud":"{{DevelopmentIdentity.Audience}}","sub":"{{actor}}","azp":"{{DevelopmentIdentity.Client}}","{{DevelopmentIdentity.KindClaim}}":"{{kind}}","iat":{{now}},"exp":{{now + 36_000}},"teams":["{{team}}"],"roles":[{{string.Join(',', roles.Select(role => $"\"{role}\""))}}]}
            """);
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
