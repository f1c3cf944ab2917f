using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Webhooks;

/// <summary>An entry at its place, without what it only hashes.</summary>
/// <param name="LogId">Its log.</param>
/// <param name="Origin">The name of that log.</param>
/// <param name="Position">Its place there.</param>
/// <param name="Entry">What it means.</param>
/// <param name="Bytes">The evidence.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record TailedEntry(int LogId, string Origin, long Position, Entry Entry, CanonicalBytes Bytes, Digest Hash)
{
    /// <summary>The id of the event: the same whenever and by whomever it is sent.</summary>
    public string EventId => $"entry_{Hash}";

    /// <summary>The type of the event.</summary>
    public string EventType => $"gantral.entry.{WireName.Of<EventType>(Entry.Type)}";
}
