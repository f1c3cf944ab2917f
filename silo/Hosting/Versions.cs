using System.Collections.Concurrent;

namespace Gantral.Silo.Hosting;

/// <summary>
/// The versions of workflows or policies in memory. They never change, so one that exists stays; but where there are
/// more of them than a silo should hold, all are let go at once, and those that are still asked for are read again.
/// </summary>
internal sealed class Versions<TGrain>(Func<string, TGrain> activate, int most)
    where TGrain : class
{
    private readonly ConcurrentDictionary<string, TGrain> _active = new(StringComparer.Ordinal);

    /// <summary>How many are in memory.</summary>
    public int Count => _active.Count;

    /// <summary>The grain of a version.</summary>
    public TGrain Get(string id)
    {
        if (_active.TryGetValue(id, out var grain))
        {
            return grain;
        }

        // Counting locks the whole table, which only one that was not there pays for.
        if (_active.Count >= most)
        {
            _active.Clear();
        }

        return _active.GetOrAdd(id, activate);
    }

    /// <summary>Forgets a grain whose version does not exist.</summary>
    public void Forget(string id, TGrain grain) => _active.TryRemove(KeyValuePair.Create(id, grain));
}
