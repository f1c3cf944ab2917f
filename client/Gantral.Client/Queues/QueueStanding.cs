namespace Gantral.Client;

/// <summary>How a queue stands.</summary>
public sealed record QueueStanding
{
    /// <summary>Its name.</summary>
    public required string Queue { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>Whether work is handed out.</summary>
    public required QueueState State { get; init; }

    /// <summary>How many processes may be at work at a time; null for as many as like.</summary>
    public int? MostAtOnce { get; init; }

    /// <summary>How many pieces of work wait.</summary>
    public required long Depth { get; init; }

    /// <summary>Since when the first of them waits, by the silo's clock.</summary>
    public DateTimeOffset? OldestSince { get; init; }

    /// <summary>How long the first of them has waited.</summary>
    public TimeSpan? OldestAge { get; init; }

    /// <summary>How many are being worked on.</summary>
    public required long AtWork { get; init; }

    /// <summary>By whom, in their own words.</summary>
    public IReadOnlyList<string> Runners { get; init; } = [];
}
