namespace Gantral.Client;

/// <summary>A runner that asks for work.</summary>
public sealed record Claim
{
    /// <summary>What the runner calls itself; shown, and nothing else.</summary>
    public required string RunnerId { get; init; }

    /// <summary>How many pieces at most, 1 to 100; 1 unless said.</summary>
    public int? Max { get; init; }

    /// <summary>How long to wait for the first, 60 s at most; not at all unless said.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How long the work is the runner's own without a heartbeat, a second to an hour; a minute unless said.</summary>
    public TimeSpan? Lease { get; init; }
}
