using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Gantral.Silo.Gateway.Limits;

/// <summary>A token bucket for each of many callers, in bounded memory.</summary>
internal sealed class RateLimits<TCaller>(int permits, TimeSpan period, int most = RateLimits<TCaller>.Most)
    where TCaller : notnull
{
    /// <summary>How many callers have a bucket of their own at once.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<TCaller, TokenBucketRateLimiter> _buckets = new();
    private readonly TokenBucketRateLimiter _crowd = NewBucket(permits, period);
    private readonly Lock _sweeping = new();
    private long _swept;

    /// <summary>How many callers have a bucket now.</summary>
    public int Count => _buckets.Count;

    /// <summary>Whether a caller may make one more request now.</summary>
    public bool TryTake(TCaller caller)
    {
        var bucket = _buckets.TryGetValue(caller, out var known) ? known : NewOf(caller);
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        return lease.IsAcquired;
    }

    // Whoever makes up callers by the thousand gets one bucket for all of them, and takes nobody's away.
    private TokenBucketRateLimiter NewOf(TCaller caller)
    {
        if (_buckets.Count >= most)
        {
            Sweep();
        }

        return _buckets.Count < most ? _buckets.GetOrAdd(caller, _ => NewBucket(permits, period)) : _crowd;
    }

    // A bucket that is full again remembers nothing that a new one would not know.
    private void Sweep()
    {
        lock (_sweeping)
        {
            if (_swept != 0 && TimeProvider.System.GetElapsedTime(_swept) < period)
            {
                return;
            }

            foreach (var (caller, bucket) in _buckets)
            {
                bucket.TryReplenish();
                if (bucket.IdleDuration is not null)
                {
                    _buckets.TryRemove(caller, out _);
                }
            }

            _swept = TimeProvider.System.GetTimestamp();
        }
    }

    // Filled by whoever asks, not by a timer of its own.
    private static TokenBucketRateLimiter NewBucket(int permits, TimeSpan period) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = permits,
        TokensPerPeriod = permits,
        ReplenishmentPeriod = period,
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}
