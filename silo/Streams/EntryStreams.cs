using System.Collections.Immutable;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Ledger;
using Npgsql;

namespace Gantral.Silo.Streams;

/// <summary>
/// The streams of a silo. The logs are read while somebody listens, by one reader each, on connections that requests
/// and commits do not wait for.
/// </summary>
internal sealed class EntryStreams : IEntryStreams, IAsyncDisposable
{
    // When many come back at once, their old pages are read a few at a time; the tails have the other connections.
    private const int PagesAtOnce = 3;
    private const int MostConnections = 8;

    private readonly StreamOptions _options;
    private readonly LogSignal _signal;
    private readonly NpgsqlDataSource _source;
    private readonly EntryReads _reads;
    private readonly SemaphoreSlim _lanes = new(PagesAtOnce);
    private readonly Lock _gate = new();
    private Following? _following;
    private Task _stopped = Task.CompletedTask;
    private int _listeners;

    /// <summary>Makes the streams of a silo.</summary>
    /// <param name="options">How much is kept.</param>
    /// <param name="signal">Tells that a log has grown.</param>
    public EntryStreams(StreamOptions options, LogSignal signal)
    {
        (_options, _signal) = (options, signal);
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = 5,
            CommandTimeout = 10,
            MaxPoolSize = MostConnections,
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 2,
            // Nobody changes a session, and to have each one cleared costs as much as a short look.
            NoResetOnClose = true,
            // Short looks into an index, whatever the tables looked like when they were first planned.
            Options = "-c enable_seqscan=off -c statement_timeout=8000",
        });
        _reads = new EntryReads(_source);
    }

    /// <summary>How many listen now.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>How many entries are written and not yet told to those who listen.</summary>
    public long Behind
    {
        get
        {
            Following? following;
            lock (_gate)
            {
                following = _following;
            }

            return following?.Reached is { } reached ? _signal.Sizes.Sum(log => Math.Max(0, log.Value - reached.Of(log.Key))) : 0;
        }
    }

    /// <inheritdoc/>
    public async Task<IEntryStream?> OpenAsync(EntryFilter filter, StreamPlace? after, CancellationToken cancellation)
    {
        var heads = new StreamPlace(await _signal.LookAsync(cancellation));
        if (after is not null && !heads.IsAtLeast(after))
        {
            return null;
        }

        // A log that was added since begins at its beginning.
        var place = after is null ? heads : new StreamPlace(heads.Next.ToImmutableSortedDictionary(log => log.Key, log => after.Of(log.Key)));

        // Those who come back together have left at nearly the same place: it is read once for all of them.
        var beginning = heads.Next.ToImmutableSortedDictionary(log => log.Key, log => Math.Max(place.Of(log.Key), log.Value - (_options.RecentLimit / 2)));
        return new EntryStream(this, Enter(new StreamPlace(beginning)), _options, filter, place, heads);
    }

    /// <inheritdoc/>
    public async Task<IInstanceWatch> WatchAsync(Guid instanceId, CancellationToken cancellation)
    {
        var following = Enter(new StreamPlace(await _signal.LookAsync(cancellation)));
        var watch = new InstanceWatch(this, following, instanceId, _options.Time);
        following.Join(watch);
        return watch;
    }

    /// <summary>A page of a log, for somebody who is further back than this silo remembers.</summary>
    public async Task<ImmutableArray<PlacedEntry>> PageAsync(int logId, long from, int most, CancellationToken cancellation)
    {
        await _lanes.WaitAsync(cancellation);
        try
        {
            return await _reads.OfLogAsync(logId, from, most);
        }
        finally
        {
            _lanes.Release();
        }
    }

    /// <summary>Somebody listens no more.</summary>
    public void Leave(Following following)
    {
        lock (_gate)
        {
            if (--_listeners == 0 && ReferenceEquals(_following, following))
            {
                (_following, _stopped) = (null, Task.WhenAll(_stopped, following.DisposeAsync().AsTask()));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task stopped;
        lock (_gate)
        {
            stopped = Task.WhenAll(_stopped, _following?.DisposeAsync().AsTask() ?? Task.CompletedTask);
            _following = null;
        }

        await stopped;
        await _source.DisposeAsync();
        _lanes.Dispose();
    }

    private Following Enter(StreamPlace beginning)
    {
        lock (_gate)
        {
            _listeners++;
            return _following ??= new Following(_options, _signal, _reads, beginning);
        }
    }
}
