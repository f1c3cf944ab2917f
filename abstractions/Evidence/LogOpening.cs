namespace Gantral.Abstractions.Evidence;

/// <summary>What the first entry of a log says.</summary>
/// <param name="Origin">The origin of the log, unique for all time.</param>
public sealed record LogOpening(string Origin)
{
    /// <summary>The last known head of the log that this one goes on from, after a recovery.</summary>
    public LogHead? Predecessor { get; init; }
}
