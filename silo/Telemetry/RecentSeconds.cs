namespace Gantral.Silo.Telemetry;

/// <summary>
/// What was counted in each of the last seconds. The places are made once and used again and again, so that counting
/// takes a moment under a lock and no memory.
/// </summary>
internal sealed class RecentSeconds
{
    /// <summary>How many seconds are remembered.</summary>
    public const int Length = 120;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Second[] _seconds;

    /// <summary>Begins to remember.</summary>
    /// <param name="time">Counts the seconds.</param>
    public RecentSeconds(TimeProvider time)
    {
        // One more than is told: the second that is not over yet.
        (_time, _started, _seconds) = (time, time.GetTimestamp(), new Second[Length + 1]);
        for (var place = 0; place < _seconds.Length; place++)
        {
            _seconds[place] = new Second();
        }
    }

    private long Now => (long)_time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Transitions became durable.</summary>
    public void Committed(int transitions)
    {
        lock (_gate)
        {
            At(Now).Transitions += transitions;
        }
    }

    /// <summary>A policy was asked.</summary>
    public void Asked(PolicyOutcome outcome, int step)
    {
        lock (_gate)
        {
            var second = At(Now);
            second.Outcomes[(int)outcome]++;
            second.Latencies[step]++;
        }
    }

    /// <summary>An entry was told to those who follow.</summary>
    public void Told(TimeSpan lag)
    {
        lock (_gate)
        {
            var second = At(Now);
            second.Lag = second.Lag is { } longest && longest > lag ? longest : lag;
        }
    }

    /// <summary>What was counted in the seconds that are over.</summary>
    public RecentFigures Read()
    {
        var (transitions, lags) = (new int[Length], new TimeSpan?[Length]);
        var outcomes = new long[Enum.GetValues<PolicyOutcome>().Length];
        var latencies = new long[LatencyBounds.Milliseconds.Length + 1];
        lock (_gate)
        {
            var first = Now - Length;
            foreach (var second in _seconds.Where(second => second.Number >= first && second.Number < first + Length))
            {
                var place = (int)(second.Number - first);
                (transitions[place], lags[place]) = (second.Transitions, second.Lag);
                Add(outcomes, second.Outcomes);
                Add(latencies, second.Latencies);
            }
        }

        return new([.. transitions], [.. outcomes], [.. latencies], [.. lags]);
    }

    private static void Add(long[] sums, int[] counts)
    {
        for (var place = 0; place < sums.Length; place++)
        {
            sums[place] += counts[place];
        }
    }

    private Second At(long number)
    {
        var second = _seconds[number % _seconds.Length];
        if (second.Number != number)
        {
            second.Begin(number);
        }

        return second;
    }

    private sealed class Second
    {
        public readonly int[] Outcomes = new int[Enum.GetValues<PolicyOutcome>().Length];
        public readonly int[] Latencies = new int[LatencyBounds.Milliseconds.Length + 1];

        public long Number { get; private set; } = -1;

        public int Transitions { get; set; }

        public TimeSpan? Lag { get; set; }

        public void Begin(long number)
        {
            (Number, Transitions, Lag) = (number, 0, null);
            Array.Clear(Outcomes);
            Array.Clear(Latencies);
        }
    }
}
