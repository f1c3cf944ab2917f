using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Streams;

/// <summary>
/// All logs as one sequence, in the order in which this silo read them, for as long as somebody listens. Everybody who
/// follows live is at the same place; an entry touches only those who may see it.
/// </summary>
internal sealed class Following : IAsyncDisposable
{
    private readonly StreamOptions _options;
    private readonly LogSignal _signal;
    private readonly EntryReads _reads;
    private readonly CancellationTokenSource _stop = new();
    private readonly SortedDictionary<int, Task> _tails = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Subscriber>> _byTeam = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, List<InstanceWatch>> _byInstance = [];
    private readonly RecentEntries _recent;
    private StreamPlace _reached;
    private TaskCompletionSource _advanced = New();

    public Following(StreamOptions options, LogSignal signal, EntryReads reads, StreamPlace beginning)
    {
        (_options, _signal, _reads, _reached) = (options, signal, reads, beginning);
        _recent = new RecentEntries(options, beginning);
        FollowNewLogs();
    }

    /// <summary>Up to where everything was handed out.</summary>
    public StreamPlace Reached => Locked(() => _reached);

    /// <summary>From where on nobody needs the database.</summary>
    public StreamPlace Beginning => Locked(() => _recent.Beginning);

    /// <summary>Waits until a place is reached, as long as is allowed; whether it is.</summary>
    public async Task<bool> ReachesAsync(StreamPlace place, TimeSpan patience, CancellationToken cancellation)
    {
        var (time, since) = (_options.Time, _options.Time.GetTimestamp());
        try
        {
            while (true)
            {
                Task advanced;
                lock (_gate)
                {
                    if (_reached.IsAtLeast(place))
                    {
                        return true;
                    }

                    advanced = _advanced.Task;
                }

                var left = patience - time.GetElapsedTime(since);
                await advanced.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellation);
            }
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>
    /// Lets somebody follow live from a place on: answers what has passed since and is still kept, and everything after
    /// comes to the subscriber. Nothing is answered where the place is too far back; read on from the database then.
    /// </summary>
    public bool TryJoin(Subscriber subscriber, StreamPlace place, out ImmutableArray<StreamedEntry> missed, out StreamPlace joined)
    {
        lock (_gate)
        {
            (missed, joined) = ([], _reached);
            if (!place.IsAtLeast(_recent.Beginning))
            {
                return false;
            }

            missed = _recent.After(place, subscriber.Filter);
            foreach (var team in subscriber.Filter.Teams)
            {
                Of(_byTeam, team).Add(subscriber);
            }

            return true;
        }
    }

    /// <summary>The place up to which somebody has everything, if nothing waits for it.</summary>
    public StreamPlace? PlaceOf(Subscriber subscriber) => Locked(() => subscriber.IsDrained ? _reached : null);

    /// <summary>Lets somebody wait for an instance.</summary>
    public void Join(InstanceWatch watch)
    {
        lock (_gate)
        {
            Of(_byInstance, watch.InstanceId).Add(watch);
        }
    }

    public void Leave(Subscriber subscriber)
    {
        lock (_gate)
        {
            foreach (var team in subscriber.Filter.Teams)
            {
                Remove(_byTeam, team, subscriber);
            }
        }
    }

    public void Leave(InstanceWatch watch)
    {
        lock (_gate)
        {
            Remove(_byInstance, watch.InstanceId, watch);
        }
    }

    /// <summary>Begins to follow logs that were not there before.</summary>
    public void FollowNewLogs()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            foreach (var log in _signal.Sizes.Keys.Where(log => !_tails.ContainsKey(log)))
            {
                var from = _reached.Of(log);
                _reached = new StreamPlace(_reached.Next.SetItem(log, from));
                _tails.Add(log, Task.Run(() => new LogTail(_options, _signal, _reads, this, log).FollowAsync(from, _stop.Token)));
            }
        }
    }

    /// <summary>Hands out what has been read of a log.</summary>
    public void HandOut(int logId, ImmutableArray<PlacedEntry> page)
    {
        TaskCompletionSource advanced;
        lock (_gate)
        {
            foreach (var placed in page)
            {
                HandOut(new StreamedEntry(logId, placed));
            }

            (advanced, _advanced) = (_advanced, New());
        }

        advanced.SetResult();
    }

    /// <summary>Ends the reading.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(Locked(() => _tails.Values.ToArray()));
        _stop.Dispose();
    }

    private void HandOut(StreamedEntry entry)
    {
        if (entry.Type == EventType.Redacted)
        {
            _recent.ForgetUpTo(_reached);
        }

        _reached = _reached.After(entry.LogId, entry.Placed.Position);
        _recent.Add(entry);
        if (entry.Team is { } team && _byTeam.TryGetValue(team, out var subscribers))
        {
            subscribers.RemoveAll(subscriber => subscriber.Filter.Lets(entry) && !Offer(subscriber, entry));
        }

        if (_byInstance.Count > 0 && entry.InstanceId is { } id && _byInstance.TryGetValue(id, out var watches))
        {
            watches.ForEach(watch => watch.Tell());
        }
    }

    private bool Offer(Subscriber subscriber, StreamedEntry entry)
    {
        entry.Place ??= StreamPlace.Write(_reached.Next);
        return subscriber.Offer(entry);
    }

    private static List<T> Of<TKey, T>(Dictionary<TKey, List<T>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        return list;
    }

    private static void Remove<TKey, T>(Dictionary<TKey, List<T>> index, TKey key, T one)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var list) && list.Remove(one) && list.Count == 0)
        {
            index.Remove(key);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
