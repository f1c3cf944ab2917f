using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>What waits for the people of a team.</summary>
/// <param name="OwningTeamId">Whose it is.</param>
/// <param name="Late">How many are past their deadline and have not been ended or escalated yet.</param>
/// <param name="Near">How many reach their deadline soon.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
/// <param name="Ages">How many wait for how long, by the steps of <see cref="AgeBounds"/>.</param>
internal sealed record WaitingFigures(string OwningTeamId, long Late, long Near, Instant OldestSince, ImmutableArray<long> Ages)
{
    /// <summary>How soon is soon.</summary>
    public static TimeSpan Soon { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The upper ends of the steps by which ages are counted; what waits longer is counted after the last.</summary>
    public static ImmutableArray<TimeSpan> AgeBounds { get; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];
}
