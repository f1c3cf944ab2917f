using System.Collections.Immutable;
using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>How an entry hashes the content that it does not hold.</summary>
public static class PayloadHashing
{
    /// <summary>SHA-256(salt ‖ canonical bytes).</summary>
    public static Digest Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        if (salt.Length + value.Length <= 1024)
        {
            Span<byte> joined = stackalloc byte[salt.Length + value.Length];
            salt.CopyTo(joined);
            value.CopyTo(joined[salt.Length..]);
            SHA256.HashData(joined, hash);
            return new Digest(hash);
        }

        using var incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        incremental.AppendData(salt);
        incremental.AppendData(value);
        incremental.GetHashAndReset(hash);
        return new Digest(hash);
    }

    /// <summary>The hash of a private field.</summary>
    public static Digest Hash(this PrivateField field) => Of(field.Salt.Span, field.Value.Span);

    /// <summary>The payload hash: SHA-256 over the canonical object of field names to field hashes.</summary>
    public static Digest Over(ImmutableArray<PrivateField> sorted) =>
        Over(sorted.Select(field => KeyValuePair.Create(field.Name, field.Hash())));

    /// <summary>The payload hash over hashes that are already known, in ascending order of their names.</summary>
    public static Digest Over(IEnumerable<KeyValuePair<string, Digest>> sorted)
    {
        var writer = new CanonicalWriter();
        writer.BeginObject();
        foreach (var (name, hash) in sorted)
        {
            writer.Name(name);
            writer.Digest(hash);
        }

        writer.EndObject();
        Span<byte> digest = stackalloc byte[Digest.Size];
        SHA256.HashData(writer.Written, digest);
        return new Digest(digest);
    }

    /// <summary>The hash that a registration binds: SHA-256 over the canonical definition, without a salt, so that whoever has the definition can check it.</summary>
    public static Digest Definition(CanonicalBytes definition)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(definition.Span, hash);
        return new Digest(hash);
    }
}
