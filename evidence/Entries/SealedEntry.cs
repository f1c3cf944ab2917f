using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Entries;

/// <summary>An entry with its frozen bytes, the hash of these, and the private content that it only hashes.</summary>
/// <param name="Entry">The meaning.</param>
/// <param name="Bytes">The evidence.</param>
/// <param name="Hash">The RFC 6962 leaf hash of the bytes: one hash for chain and tree.</param>
/// <param name="Payload">The private fields, in ascending order of their names.</param>
public sealed record SealedEntry(Entry Entry, CanonicalBytes Bytes, Digest Hash, ImmutableArray<PrivateField> Payload)
{
    /// <summary>Fixes the bytes of an entry. Equal inputs give equal bytes, always and everywhere.</summary>
    public static SealedEntry Seal(Entry entry, params ReadOnlySpan<PrivateField> payload)
    {
        var sorted = payload.ToImmutableArray().Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var whole = sorted.IsEmpty ? entry : entry with { PayloadHash = PayloadHashing.Over(sorted) };
        var bytes = EntryWriter.Write(whole);
        return new SealedEntry(whole, bytes, TreeHash.Leaf(bytes.Span), sorted);
    }
}
