using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Identity;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The <c>Idempotency-Key</c> of a request: the same caller's same key for the same team is the same command.</summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>What is wrong with the header, or nothing.</summary>
    public static Refusal? Fault(HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count == 0 || (values is [{ Length: > 0 and <= Longest } only] && only.All(letter => letter is > ' ' and <= '~'))
            ? null
            : new Refusal(RefusalCode.InvalidBody, $"The header {Header} must be given once, with 1 to {Longest} visible ASCII characters.");
    }

    /// <summary>Whether the caller gave one.</summary>
    public static bool IsGiven(HttpRequest request) => request.Headers[Header].Count > 0;

    /// <summary>The key of a command of a team; one that was made up when the caller gave none.</summary>
    public static CommandKey Of(HttpRequest request, CallerIdentity caller, string team, CanonicalBytes body)
    {
        if (request.Headers[Header] is not [{ } key])
        {
            return new CommandKey(new Digest(RandomNumberGenerator.GetBytes(Digest.Size)), null);
        }

        return new CommandKey(
            HashOf(Encoding.UTF8.GetBytes(caller.Actor.Issuer), Encoding.UTF8.GetBytes(caller.Actor.Id), Encoding.UTF8.GetBytes(team), Encoding.ASCII.GetBytes(key)),
            HashOf(Encoding.ASCII.GetBytes(request.Method), Encoding.UTF8.GetBytes(request.Path.Value ?? ""), body.Memory));
    }

    // Lengths stand before the parts, so that no two tuples run together into the same bytes.
    private static Digest HashOf(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)part.Length);
            hash.AppendData(length);
            hash.AppendData(part.Span);
        }

        return new Digest(hash.GetHashAndReset());
    }
}
