using System.Collections.Concurrent;

namespace Gantral.Silo.Hosting;

/// <summary>The versions of workflows or policies in memory. They never change, so one that exists stays.</summary>
internal sealed class Versions<TGrain>(Func<string, TGrain> activate)
    where TGrain : class
{
    private readonly ConcurrentDictionary<string, TGrain> _active = new(StringComparer.Ordinal);

    /// <summary>How many are in memory.</summary>
    public int Count => _active.Count;

    /// <summary>The grain of a version.</summary>
    public TGrain Get(string id) => _active.GetOrAdd(id, activate);

    /// <summary>Forgets a grain whose version does not exist.</summary>
    public void Forget(string id, TGrain grain) => _active.TryRemove(KeyValuePair.Create(id, grain));
}
