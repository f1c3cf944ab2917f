namespace Gantral.Client;

/// <summary>How long to wait before a request is sent again: as long as the silo says and, from time to time, longer.</summary>
internal sealed class BackOff(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _failures;

    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var usual = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(_failures++, 10))));
        // Runners that were cut off together need not come back together.
        var spread = usual / 2 * (time.GetTimestamp() % 1000 / 1000.0);
        return retryAfter > usual ? retryAfter.Value + spread : usual + spread;
    }

    public void Forget() => _failures = 0;
}
