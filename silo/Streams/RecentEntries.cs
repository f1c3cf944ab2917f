using System.Collections.Immutable;

namespace Gantral.Silo.Streams;

/// <summary>
/// What passed lately, the oldest first, for those who come back: bounded in number and in bytes. Guarded by whoever
/// holds it.
/// </summary>
internal sealed class RecentEntries(StreamOptions options, StreamPlace beginning)
{
    private readonly Queue<StreamedEntry> _entries = [];
    private long _bytes;

    /// <summary>From where on nothing is missing.</summary>
    public StreamPlace Beginning { get; private set; } = beginning;

    /// <summary>Adds what has just passed.</summary>
    public void Add(StreamedEntry entry)
    {
        _entries.Enqueue(entry);
        _bytes += entry.Weight;
        while (_entries.Count > options.RecentLimit || _bytes > options.RecentBytes)
        {
            var oldest = _entries.Dequeue();
            _bytes -= oldest.Weight;
            Beginning = Beginning.After(oldest.LogId, oldest.Placed.Position);
        }
    }

    /// <summary>Forgets everything up to a place: what was private in it may have been erased since.</summary>
    public void ForgetUpTo(StreamPlace place)
    {
        _entries.Clear();
        (_bytes, Beginning) = (0, place);
    }

    /// <summary>What comes after a place and passes a filter; the place must not be before <see cref="Beginning"/>.</summary>
    public ImmutableArray<StreamedEntry> After(StreamPlace place, EntryFilter filter) =>
        [.. _entries.Where(entry => entry.Placed.Position >= place.Of(entry.LogId) && filter.Lets(entry))];
}
