using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Npgsql;

namespace Gantral.Silo.Overview;

/// <summary>Counts how the work of some teams stands. Whatever there is, no more than so many rows are read for it.</summary>
internal sealed class OverviewReader(NpgsqlDataSource source, DatabaseClock clock)
{
    // Of all teams together; of each team alike, the newest first.
    private const int MostInstances = 200_000;
    private const int MostWaiting = 100_000;
    private const int MostTimers = 10_000;

    // Everything that lives, and of what has ended what was created not long ago: of that there is more and more.
    private const string Instances =
        """
        SELECT team, found.workflow_id, found.state, count(*), count(*) FILTER (WHERE found.reason = 'TIMEOUT')
        FROM unnest($1) AS team
        CROSS JOIN LATERAL (
            (SELECT workflow_id, state, reason FROM instance WHERE owning_team_id = team AND NOT is_over ORDER BY instance_id DESC LIMIT $2)
            UNION ALL
            (SELECT workflow_id, state, reason FROM instance WHERE owning_team_id = team AND is_over AND instance_id > $3 ORDER BY instance_id DESC LIMIT $2)) AS found
        GROUP BY team, found.workflow_id, found.state
        """;

    private const string Waiting =
        """
        SELECT team, width_bucket(extract(epoch FROM clock.now - waiting.since)::float8, $3), count(*),
               count(*) FILTER (WHERE waiting.decide_by <= clock.now),
               count(*) FILTER (WHERE waiting.decide_by > clock.now AND waiting.decide_by <= clock.now + $4),
               min(waiting.since)
        FROM (SELECT clock_timestamp() AS now) AS clock
        CROSS JOIN unnest($1) AS team
        CROSS JOIN LATERAL (SELECT since, decide_by FROM inbox WHERE owning_team_id = team LIMIT $2) AS waiting
        GROUP BY 1, 2
        ORDER BY 1, 2
        """;

    // What a timer is about tells its team; those that come first are enough to see what comes.
    private const string Timers =
        """
        SELECT instance.owning_team_id, count(*) FILTER (WHERE due.due_at <= clock.now),
               count(*) FILTER (WHERE due.due_at > clock.now AND due.due_at <= clock.now + interval '1 minute'),
               count(*) FILTER (WHERE due.due_at > clock.now), min(due.due_at)
        FROM (SELECT clock_timestamp() AS now) AS clock
        CROSS JOIN LATERAL (SELECT log_id, instance_id, due_at FROM timer WHERE due_at <= clock.now + interval '1 hour' ORDER BY due_at LIMIT $2) AS due
        JOIN instance ON instance.log_id = due.log_id AND instance.instance_id = due.instance_id
        WHERE instance.owning_team_id = ANY ($1)
        GROUP BY 1
        ORDER BY 1
        """;

    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private static readonly double[] AgeBounds = [.. WaitingFigures.AgeBounds.Select(bound => bound.TotalSeconds)];

    private readonly Listing _listing = new(source);

    /// <summary>Counts.</summary>
    public async Task<OverviewFigures> ReadAsync(ImmutableArray<string> teams)
    {
        var (now, each) = (clock.Now, Math.Max(1, teams.Length));
        var names = Parameter.Of(teams.ToArray());
        var (most, since) = ((long)(MostInstances / each), now.Plus(-Recent));
        var instances = await _listing.ReadAsync(
            Instances,
            rows => new CountedInstances(rows.GetString(0), rows.GetString(1), State(rows.GetString(2)), rows.GetInt64(3), rows.GetInt64(4)),
            names, Parameter.Of(most), Parameter.Of(InstanceIds.Before(since)));
        var waiting = await _listing.ReadAsync(
            Waiting,
            rows => (Team: rows.GetString(0), Step: rows.GetInt32(1), Count: rows.GetInt64(2), Late: rows.GetInt64(3), Near: rows.GetInt64(4), Since: Time(rows, 5)),
            names.Clone(), Parameter.Of((long)(MostWaiting / each)), Parameter.Of(AgeBounds), Parameter.Of(WaitingFigures.Soon));
        var timers = await _listing.ReadAsync(
            Timers,
            rows => new TimerFigures(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), Time(rows, 4)),
            names.Clone(), Parameter.Of((long)MostTimers));
        return new OverviewFigures(now, since)
        {
            CutShort = CutShort(instances, most),
            Instances = [.. instances.OrderBy(one => one.OwningTeamId, StringComparer.Ordinal).ThenBy(one => one.WorkflowId, StringComparer.Ordinal).ThenBy(one => one.State)],
            Waiting = [.. waiting.GroupBy(one => one.Team, StringComparer.Ordinal).Select(team => new WaitingFigures(
                team.Key, team.Sum(one => one.Late), team.Sum(one => one.Near), team.Min(one => one.Since),
                [.. Enumerable.Range(0, AgeBounds.Length + 1).Select(step => team.Where(one => one.Step == step).Sum(one => one.Count))]))],
            Timers = timers,
        };
    }

    // Of a team of which as much was read as may be, there may be more.
    private static ImmutableArray<string> CutShort(ImmutableArray<CountedInstances> instances, long most) =>
    [
        .. instances.GroupBy(one => (one.OwningTeamId, IsOver: one.State is ExecutionState.Completed or ExecutionState.Terminated))
            .Where(part => part.Sum(one => one.Count) >= most).Select(part => part.Key.OwningTeamId).Distinct(StringComparer.Ordinal),
    ];

    private static ExecutionState State(string word) =>
        WireName.TryParse<ExecutionState>(word, out var state) ? state : throw new InvalidOperationException($"'{word}' is no state.");

    private static Instant Time(NpgsqlDataReader rows, int column) => Instant.From(rows.GetFieldValue<DateTimeOffset>(column));
}
