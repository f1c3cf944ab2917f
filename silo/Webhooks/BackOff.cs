namespace Gantral.Silo.Webhooks;

/// <summary>How long to leave a receiver alone after a delivery that failed: twice as long each time, and not all at the same moment.</summary>
/// <param name="First">After the first failure, at most.</param>
/// <param name="Longest">However many failed.</param>
internal sealed record BackOff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The pause after so many failures, from half of what it may be to all of it.</summary>
    /// <param name="attempts">How many have failed, from 1.</param>
    /// <param name="chance">A number from 0 up to 1.</param>
    public TimeSpan After(int attempts, double chance)
    {
        // In numbers, for a span has an end.
        var most = Math.Min(First.TotalMilliseconds * Math.Pow(2, attempts - 1), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * (0.5 + (chance / 2)));
    }
}
