using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Instances;

/// <summary>What is still kept of an instance's private content.</summary>
internal static class KeptContent
{
    // So many entries at a time: a commit of a long life must not hold up those of others.
    private const int MostEntries = 100;

    /// <summary>The first of it, as it can be erased. Why something was erased before is no content: it stays.</summary>
    public static ImmutableArray<Redaction> Of(ImmutableArray<SealedEntry> entries) =>
    [
        .. entries.Where(entry => entry.Entry.Type != EventType.Redacted && !entry.Payload.IsEmpty).Take(MostEntries)
            .Select(entry => new Redaction(entry.Entry.Sequence, [.. entry.Payload.Select(field => field.Name).Order(StringComparer.Ordinal)])),
    ];
}
