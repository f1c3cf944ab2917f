using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Streams;

namespace Gantral.Silo.Streams;

/// <summary>
/// What one caller follows. It reads from the database until it meets what the silo still has in memory, and from then
/// on is handed what everybody is handed.
/// </summary>
internal sealed class EntryStream : IEntryStream
{
    // As much as is written at once before anybody looks whether it may still be.
    private const int MostAtOnce = 256;

    private readonly EntryStreams _streams;
    private readonly Following _following;
    private readonly StreamOptions _options;
    private readonly StreamPlace _heads;
    private readonly Subscriber _subscriber;
    private readonly Queue<StreamedEntry> _missed = [];
    private StreamPlace _place;
    private StreamPlace? _joined;
    private long _taken;
    private bool _gathers;

    /// <summary>Begins.</summary>
    /// <param name="streams">Whom to tell that it has ended.</param>
    /// <param name="following">What the silo follows.</param>
    /// <param name="options">How much may wait.</param>
    /// <param name="filter">What the caller follows.</param>
    /// <param name="place">After which place.</param>
    /// <param name="heads">Where the logs ended when it began.</param>
    public EntryStream(EntryStreams streams, Following following, StreamOptions options, EntryFilter filter, StreamPlace place, StreamPlace heads)
    {
        (_streams, _following, _options, _place, _heads) = (streams, following, options, place, heads);
        _subscriber = new Subscriber(options, filter);
        Place = StreamPlace.Write(place.Next);
    }

    /// <inheritdoc/>
    public byte[] Place { get; private set; }

    /// <inheritdoc/>
    public CancellationToken CutOff => _subscriber.CutOff;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(StreamedEntry Entry, byte[] Place)>> NextAsync(TimeSpan patience, CancellationToken cancellation)
    {
        CutOff.ThrowIfCancellationRequested();
        if (_joined is not null)
        {
            return _missed.Count > 0 ? Missed(_joined) : await LiveAsync(patience, cancellation);
        }

        // Another silo may have been further than this one is; and what was written until now is read once, for everybody.
        if (!await _following.ReachesAsync(_heads, patience, cancellation))
        {
            return [];
        }

        if (!_following.TryJoin(_subscriber, _place, out var missed, out var joined))
        {
            return await PageAsync(cancellation);
        }

        Array.ForEach([.. missed], _missed.Enqueue);
        return Missed(_joined = joined);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _following.Leave(_subscriber);
        _streams.Leave(_following);
        _subscriber.Dispose();
    }

    // The places that everybody is handed are not yet this one's: of some logs it may have been further than they were.
    private List<(StreamedEntry, byte[])> Missed(StreamPlace joined)
    {
        var next = new List<(StreamedEntry, byte[])>();
        while (next.Count < MostAtOnce && _missed.TryDequeue(out var entry))
        {
            MoveTo(_place.After(entry.LogId, entry.Placed.Position));
            next.Add((entry, Place));
        }

        if (_missed.Count == 0)
        {
            MoveTo(joined);
        }

        return next;
    }

    private async Task<IReadOnlyList<(StreamedEntry, byte[])>> LiveAsync(TimeSpan patience, CancellationToken cancellation)
    {
        // The first of a burst goes out at once and the others together: a write for each entry would cost more than all else.
        if (_gathers && _options.Gathering - _options.Time.GetElapsedTime(_taken) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < patience ? left : patience, _options.Time, cancellation);
        }

        var next = new List<(StreamedEntry, byte[])>();
        if (!await _subscriber.AnyAsync(patience, cancellation))
        {
            if (_following.PlaceOf(_subscriber) is { } place)
            {
                MoveTo(place);
            }

            return next;
        }

        while (next.Count < MostAtOnce && _subscriber.Next() is { } entry)
        {
            next.Add((entry, Place = entry.Place!));
        }

        // Whoever has much to take takes it without a pause.
        (_taken, _gathers) = (_options.Time.GetTimestamp(), next.Count < MostAtOnce / 4);
        return next;
    }

    // One log after the other, each up to where the silo has read it: from there on the silo's own memory has it.
    private async Task<IReadOnlyList<(StreamedEntry, byte[])>> PageAsync(CancellationToken cancellation)
    {
        var (beginning, reached) = (_following.Beginning, _following.Reached);
        var log = beginning.Next.First(log => _place.Of(log.Key) < log.Value).Key;
        var from = _place.Of(log);
        var page = await _streams.PageAsync(log, from, (int)Math.Min(_options.PageSize, reached.Of(log) - from), cancellation);
        if (page.IsEmpty || page[0].Position != from)
        {
            throw new LedgerUnavailableException($"Log {log} has nothing at position {from}, where there was something.");
        }

        var next = new List<(StreamedEntry, byte[])>();
        foreach (var entry in page.Select(placed => new StreamedEntry(log, placed)))
        {
            _place = _place.After(log, entry.Placed.Position);
            if (_subscriber.Filter.Lets(entry))
            {
                next.Add((entry, StreamPlace.Write(_place.Next)));
            }
        }

        MoveTo(_place);
        return next;
    }

    private void MoveTo(StreamPlace place) => (_place, Place) = (place, StreamPlace.Write(place.Next));
}
