using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Queues;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>How the work of some teams stands.</summary>
/// <param name="At">When that was looked at.</param>
/// <param name="EndedSince">Of what has ended, only what was created from here on is counted.</param>
internal sealed record OverviewFigures(Instant At, Instant EndedSince)
{
    /// <summary>The teams of whose instances not all were counted.</summary>
    public ImmutableArray<string> CutShort { get; init; } = [];

    /// <summary>How many instances there are.</summary>
    public ImmutableArray<CountedInstances> Instances { get; init; } = [];

    /// <summary>What waits for people.</summary>
    public ImmutableArray<WaitingFigures> Waiting { get; init; } = [];

    /// <summary>Which deadlines come.</summary>
    public ImmutableArray<TimerFigures> Timers { get; init; } = [];

    /// <summary>How the queues stand.</summary>
    public ImmutableArray<QueueFigures> Queues { get; init; } = [];

    /// <summary>The same, of some of the teams.</summary>
    public OverviewFigures Of(ImmutableArray<string> teams) => this with
    {
        CutShort = [.. CutShort.Where(team => teams.Contains(team, StringComparer.Ordinal))],
        Instances = [.. Instances.Where(one => teams.Contains(one.OwningTeamId, StringComparer.Ordinal))],
        Waiting = [.. Waiting.Where(one => teams.Contains(one.OwningTeamId, StringComparer.Ordinal))],
        Timers = [.. Timers.Where(one => teams.Contains(one.OwningTeamId, StringComparer.Ordinal))],
        Queues = [.. Queues.Where(one => teams.Contains(one.OwningTeamId, StringComparer.Ordinal))],
    };
}
