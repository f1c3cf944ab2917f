using System.Collections.Concurrent;

namespace Gantral.Silo.Hosting;

/// <summary>Tries the instances that owe a failure again and again, until none owes one. While none does, nothing runs.</summary>
internal sealed class OwedFailures : IDisposable
{
    private readonly ConcurrentDictionary<Guid, bool> _owing = [];
    private readonly Func<Guid, Task<bool>> _settle;
    private readonly TimeSpan _after;
    private readonly ITimer _timer;

    public OwedFailures(TimeProvider time, TimeSpan after, Func<Guid, Task<bool>> settle)
    {
        (_settle, _after) = (settle, after);
        _timer = time.CreateTimer(_ => _ = SettleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many instances owe a failure.</summary>
    public int Count => _owing.Count;

    /// <summary>An instance owes a failure.</summary>
    public void Add(Guid instanceId)
    {
        if (_owing.TryAdd(instanceId, true))
        {
            _timer.Change(_after, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private async Task SettleAsync()
    {
        foreach (var instanceId in _owing.Keys)
        {
            if (await _settle(instanceId))
            {
                _owing.TryRemove(instanceId, out _);
            }
        }

        if (!_owing.IsEmpty)
        {
            _timer.Change(_after, Timeout.InfiniteTimeSpan);
        }
    }
}
