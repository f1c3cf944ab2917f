namespace Gantral.Silo.Tests.Hosting;

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Fires what is set; whether anything was.</summary>
    public bool Fire()
    {
        var fired = false;
        foreach (var timer in _timers)
        {
            fired |= timer.Fire();
        }

        return fired;
    }

    private sealed class ManualTimer(Action fire) : ITimer
    {
        private bool _isSet;

        public bool Change(TimeSpan dueTime, TimeSpan period) => _isSet = dueTime != Timeout.InfiniteTimeSpan;

        public bool Fire()
        {
            var due = _isSet;
            _isSet = false;
            if (due)
            {
                fire();
            }

            return due;
        }

        public void Dispose() => _isSet = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
