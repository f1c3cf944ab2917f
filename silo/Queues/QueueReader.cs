using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Queues;

/// <summary>How queues stand, and what operators said about them.</summary>
internal sealed class QueueReader(NpgsqlDataSource source)
{
    // Far enough to see that a queue is long; whoever wants to know exactly how long has other worries.
    private const int MostCounted = 100_000;
    private const int MostRunners = 200;

    private const string List =
        """
        WITH RECURSIVE named AS (
            (SELECT owning_team_id, queue FROM task WHERE owning_team_id = ANY ($1) AND kind IS NOT NULL AND lease_until IS NULL ORDER BY owning_team_id, queue LIMIT 1)
            UNION ALL
            SELECT next.* FROM named CROSS JOIN LATERAL (
                SELECT owning_team_id, queue FROM task
                WHERE owning_team_id = ANY ($1) AND kind IS NOT NULL AND lease_until IS NULL AND (owning_team_id, queue) > (named.owning_team_id, named.queue)
                ORDER BY owning_team_id, queue LIMIT 1) next
        ), wanted AS (
            SELECT owning_team_id, queue FROM named
            UNION SELECT owning_team_id, queue FROM task WHERE owning_team_id = ANY ($1) AND lease_until IS NOT NULL
            UNION SELECT owning_team_id, queue FROM queue WHERE owning_team_id = ANY ($1)
        )
        SELECT wanted.owning_team_id, wanted.queue, coalesce(queue.state, 'open'), queue.most_at_once,
               ready.count, ready.oldest, out.count, out.runners,
               greatest(statement_timestamp() - ready.oldest, '0'::interval)
        FROM wanted
        LEFT JOIN queue ON queue.owning_team_id = wanted.owning_team_id AND queue.queue = wanted.queue
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, min(ready_at) AS oldest
            FROM (SELECT ready_at FROM task
                  WHERE owning_team_id = wanted.owning_team_id AND queue = wanted.queue AND kind IS NOT NULL AND lease_until IS NULL LIMIT $3) AS counted) ready
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, coalesce((array_agg(DISTINCT runner_id) FILTER (WHERE runner_id IS NOT NULL))[1:$4], '{}') AS runners
            FROM task WHERE owning_team_id = wanted.owning_team_id AND queue = wanted.queue AND lease_until IS NOT NULL) out
        WHERE $2 IS NULL OR wanted.queue = $2
        ORDER BY wanted.queue, wanted.owning_team_id
        """;

    private const string Write =
        """
        INSERT INTO queue (owning_team_id, queue, state, most_at_once, changed_by, changed_at)
        VALUES ($1, $2, $3, $4, $5, clock_timestamp())
        ON CONFLICT (owning_team_id, queue) DO UPDATE
        SET state = excluded.state, most_at_once = excluded.most_at_once, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """;

    // For each place of $1: how many pieces of work somebody who waits there could have now, counted no further than $3.
    private const string Ready =
        """
        SELECT watched.place, least(ready.count, coalesce(queue.most_at_once - out.count, ready.count))
        FROM unnest($1, $2, $3) WITH ORDINALITY AS watched (owning_team_id, queue, most, place)
        LEFT JOIN queue ON queue.owning_team_id = watched.owning_team_id AND queue.queue = watched.queue
        CROSS JOIN LATERAL (
            SELECT count(*) AS count
            FROM (SELECT FROM task
                  WHERE owning_team_id = watched.owning_team_id AND queue = watched.queue AND kind IS NOT NULL AND lease_until IS NULL
                    AND (kind = 'RESUME' OR queue.state IS DISTINCT FROM 'draining')
                  LIMIT watched.most) AS counted) ready
        CROSS JOIN LATERAL (
            SELECT count(*) AS count FROM task
            WHERE queue.most_at_once IS NOT NULL AND owning_team_id = watched.owning_team_id AND queue = watched.queue AND lease_until IS NOT NULL) out
        WHERE queue.state IS DISTINCT FROM 'paused' AND ready.count > 0
        """;

    // Work that a runner has goes on whatever was said about its queue.
    private const string Runnable =
        """
        SELECT task.instance_id
        FROM unnest($1, $2) AS running (log_id, instance_id)
        JOIN task ON task.log_id = running.log_id AND task.instance_id = running.instance_id
        LEFT JOIN queue ON queue.owning_team_id = task.owning_team_id AND queue.queue = task.queue
        WHERE task.lease_until > statement_timestamp()
           OR (task.lease_until IS NULL AND task.kind IS NOT NULL
               AND queue.state IS DISTINCT FROM 'paused' AND (task.kind = 'RESUME' OR queue.state IS DISTINCT FROM 'draining')
               AND (queue.most_at_once IS NULL OR queue.most_at_once > (
                   SELECT count(*) FROM task AS out
                   WHERE out.owning_team_id = task.owning_team_id AND out.queue = task.queue AND out.lease_until IS NOT NULL)))
        """;

    /// <summary>The queues of some teams, or those of a name.</summary>
    public async Task<ImmutableArray<QueueFigures>> ListAsync(ImmutableArray<string> teams, string? queue)
    {
        await using var command = source.CreateCommand(List);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(teams.ToArray()), new NpgsqlParameter { Value = (object?)queue ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, Parameter.Of((long)MostCounted), Parameter.Of(MostRunners),
        });
        await using var rows = await command.ExecuteReaderAsync();
        var queues = ImmutableArray.CreateBuilder<QueueFigures>();
        while (await rows.ReadAsync())
        {
            queues.Add(new QueueFigures(
                rows.GetString(0), rows.GetString(1), TaskClaims.ReadOrder(rows, 2), rows.GetInt64(4),
                rows.IsDBNull(5) ? null : Instant.From(rows.GetFieldValue<DateTimeOffset>(5)), rows.IsDBNull(5) ? null : rows.GetTimeSpan(8), rows.GetInt64(6), [.. rows.GetFieldValue<string[]>(7)]));
        }

        return queues.ToImmutable();
    }

    /// <summary>Of instances that run, those whose work somebody has or could have now.</summary>
    public async Task<IReadOnlySet<Guid>> RunnableAsync(IReadOnlyCollection<Guid> running)
    {
        await using var command = source.CreateCommand(Runnable);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(running.Select(id => (short)InstanceIds.LogOf(id)).ToArray()), Parameter.Of(running.ToArray()) });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new HashSet<Guid>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetGuid(0));
        }

        return found;
    }

    /// <summary>How many of those who wait at some queues could have work now, by the places of the queues.</summary>
    public async Task<Dictionary<int, int>> ReadyAsync(IReadOnlyList<(string Team, string Queue, int Waiting)> watched, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Ready);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(watched.Select(one => one.Team).ToArray()), Parameter.Of(watched.Select(one => one.Queue).ToArray()), Parameter.Of(watched.Select(one => (long)one.Waiting).ToArray()),
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var ready = new Dictionary<int, int>();
        while (await rows.ReadAsync(cancellation))
        {
            ready[(int)rows.GetInt64(0) - 1] = (int)Math.Max(0, rows.GetInt64(1));
        }

        return ready;
    }

    /// <summary>Writes down what an operator says.</summary>
    public async Task OrderAsync(string team, string queue, QueueOrder order, Actor by)
    {
        await using var command = source.CreateCommand(Write);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(team), Parameter.Of(queue), Parameter.Of(WireName.Of(order.State)),
            new NpgsqlParameter { Value = (object?)order.MostAtOnce ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer }, Parameter.Of(by.Id),
        });
        await command.ExecuteNonQueryAsync();
    }
}
