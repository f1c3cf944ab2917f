using System.Collections.Immutable;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Queues;

/// <summary>
/// Wakes runners that wait, the one that has waited longest first, and no more of them than there is work for. All of
/// a silo share one look at the database; while nobody waits there is none.
/// </summary>
internal sealed class QueueWatch(QueueReader reader, TimeProvider time, TimeSpan pause) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _watch = Task.CompletedTask;

    /// <summary>How many runners wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Completes when there may be work in a queue of one of these teams, or after a time; whether it was the former.</summary>
    public async Task<bool> WaitAsync(ImmutableArray<string> teams, string queue, TimeSpan patience, CancellationToken gone)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(gone, _stop.Token);
        var waiter = new Waiter(teams, queue);
        var place = Begin(waiter);
        try
        {
            await waiter.Woken.Task.WaitAsync(patience, time, stopped.Token);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            // The silo stops, and the runner asks another one.
            return false;
        }
        finally
        {
            End(place);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private LinkedListNode<Waiter> Begin(Waiter waiter)
    {
        lock (_gate)
        {
            var place = _waiting.AddLast(waiter);
            if (_watch.IsCompleted)
            {
                _watch = Task.Run(WatchAsync);
            }

            return place;
        }
    }

    private void End(LinkedListNode<Waiter> place)
    {
        lock (_gate)
        {
            _waiting.Remove(place);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            while (Watched() is { Count: > 0 } watched)
            {
                try
                {
                    Wake(watched, await reader.ReadyAsync(watched, _stop.Token));
                }
                catch (Exception fault) when (StorageFault.Is(fault))
                {
                    // Whoever waits goes on waiting, and asks for itself when its time is over.
                }

                await Task.Delay(pause, time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    // The watch ends in the same moment in which it finds nobody: whoever comes next begins a new one.
    private List<(string Team, string Queue, int Waiting)> Watched()
    {
        lock (_gate)
        {
            var watched = _waiting.Where(waiter => !waiter.Woken.Task.IsCompleted)
                .SelectMany(waiter => waiter.Teams.Select(team => (Team: team, waiter.Queue)))
                .CountBy(place => place)
                .Select(place => (place.Key.Team, place.Key.Queue, place.Value))
                .ToList();
            if (watched.Count == 0)
            {
                _watch = Task.CompletedTask;
            }

            return watched;
        }
    }

    private void Wake(List<(string Team, string Queue, int Waiting)> watched, Dictionary<int, int> ready)
    {
        if (ready.Count == 0)
        {
            return;
        }

        var left = ready.ToDictionary(place => (watched[place.Key].Team, watched[place.Key].Queue), place => place.Value);
        lock (_gate)
        {
            foreach (var waiter in _waiting)
            {
                foreach (var team in waiter.Teams)
                {
                    if (!waiter.Woken.Task.IsCompleted && left.TryGetValue((team, waiter.Queue), out var count) && count > 0)
                    {
                        left[(team, waiter.Queue)] = count - 1;
                        waiter.Woken.SetResult();
                    }
                }
            }
        }
    }

    private sealed record Waiter(ImmutableArray<string> Teams, string Queue)
    {
        public TaskCompletionSource Woken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
