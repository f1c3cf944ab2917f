using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Secrets;

namespace Gantral.Silo.Webhooks;

/// <summary>Signs a message as Standard Webhooks has it: one signature for each secret that is valid, so that secrets can be rotated.</summary>
internal static class StandardSignature
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MostBytes = 64;
    private const int MostSecrets = 8;

    /// <summary>The signatures of a message, with spaces between. Throws <see cref="SecretUnusableException"/>.</summary>
    /// <param name="secrets">The lines of the secret's file.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">Its body.</param>
    public static string Of(string[] secrets, string id, Instant at, ReadOnlySpan<byte> body)
    {
        if (secrets.Length > MostSecrets)
        {
            throw new SecretUnusableException($"the file of the secret has {secrets.Length} of them; at most {MostSecrets} are used at once");
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed))}"));
    }

    /// <summary>A time as the header has it: seconds.</summary>
    public static string Timestamp(Instant at) => (at.UnixMilliseconds / 1000).ToString(CultureInfo.InvariantCulture);

    private static byte[] Key(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= FewestBytes and <= MostBytes
            ? key[..length]
            : throw new SecretUnusableException($"a line of the secret's file is not {Prefix} and the base64 of {FewestBytes} to {MostBytes} bytes");
    }
}
