namespace Gantral.Silo.Policies;

/// <summary>
/// Spares a service that fails, and those who would wait for it. After so many failures in a row it opens; some time
/// later one call is let through, and what comes of that one decides. What was under way when it opened does not count.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    /// <summary>How many failures in a row open it.</summary>
    public const int MostFailures = 5;

    /// <summary>How long it stays open before one call is let through.</summary>
    public static readonly TimeSpan ProbeAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private int _failures;
    private long _round;
    private long? _openedAt;
    private bool _isProbing;

    /// <summary>A ticket for a call, or none while it is open.</summary>
    public long? TryEnter()
    {
        lock (_gate)
        {
            if (_openedAt is not { } openedAt)
            {
                return _round;
            }

            if (_isProbing || time.GetElapsedTime(openedAt) < ProbeAfter)
            {
                return null;
            }

            _isProbing = true;
            return _round;
        }
    }

    /// <summary>A call went well; whether that closed it.</summary>
    public bool Succeeded(long ticket)
    {
        lock (_gate)
        {
            if (ticket != _round)
            {
                return false;
            }

            var closes = _openedAt is not null;
            (_failures, _openedAt, _isProbing) = (0, null, false);
            return closes;
        }
    }

    /// <summary>A call failed; whether that opened it.</summary>
    public bool Failed(long ticket)
    {
        lock (_gate)
        {
            if (ticket != _round || (_openedAt is null && ++_failures < MostFailures))
            {
                return false;
            }

            var opens = _openedAt is null;
            (_openedAt, _isProbing) = (time.GetTimestamp(), false);
            _round++;
            return opens;
        }
    }
}
