using System.Security.Cryptography;
using System.Text;

namespace Gantral.Silo.Adapters;

/// <summary>GitHub: HMAC-SHA256 over the body as it came, in <c>X-Hub-Signature-256</c>.</summary>
internal sealed class GitHubAdapter : IInboundAdapter
{
    private const string Prefix = "sha256=";

    public InboundMessage? Read(InboundRequest request, IReadOnlyList<string> secrets)
    {
        var claimed = new byte[HMACSHA256.HashSizeInBytes];
        if (request.Header("X-Hub-Signature-256") is not { Length: 71 } signature
            || !signature.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(signature.AsSpan(Prefix.Length), claimed, out _, out var length) != System.Buffers.OperationStatus.Done || length != claimed.Length)
        {
            return null;
        }

        // All of them are tried, and each takes as long as every other.
        var isProven = false;
        foreach (var secret in secrets)
        {
            isProven |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span), claimed);
        }

        return isProven ? new InboundMessage(request.Header("X-GitHub-Delivery"), request.Header("X-GitHub-Event")) : null;
    }
}
