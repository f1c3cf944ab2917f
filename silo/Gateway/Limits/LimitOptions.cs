namespace Gantral.Silo.Gateway.Limits;

/// <summary>How much one silo takes on, and from whom.</summary>
internal sealed record LimitOptions
{
    /// <summary>How many requests one caller may make in a second: about what a silo can do at all, so that only a caller who wants all of it is held up.</summary>
    public int RequestsPerSecond { get; init; } = 20_000;

    /// <summary>How many requests without a valid token may come from one address in a second. Callers with a valid token are never held up by them.</summary>
    public int UnauthenticatedPerSecond { get; init; } = 100;

    /// <summary>How many requests are carried out at once.</summary>
    public int InFlight { get; init; } = 2_000;

    /// <summary>How many requests that wait or stream for long are held at once.</summary>
    public int LongInFlight { get; init; } = 5_000;

    /// <summary>How long a caller waits before it is told that the outcome is not known yet.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what a caller may do is counted anew.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(1);
}
