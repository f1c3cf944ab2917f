namespace Gantral.Silo.Tests.Policies;

/// <summary>Time that counts only when the test says so; deadlines are those of the real clock.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Pass(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
