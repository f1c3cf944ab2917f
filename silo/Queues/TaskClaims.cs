using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Queues;

/// <summary>Who has which piece of work. Whatever changes hands here passes by rows that a batch is writing, so nobody waits for a log while holding what a log waits for.</summary>
internal sealed class TaskClaims(NpgsqlDataSource source)
{
    private const string Returned = "log_id, instance_id, task_id, fencing_token, kind, attempt, lease_until, workflow_id, workflow_version, owning_team_id";

    // The first of each workflow before the second of any, so that a flood of one holds up no other; which goes first
    // is chance, so that asking for one at a time is fair as well.
    //
    // The first process after an approval counts when the instance has taken it in, and every other one here.
    private const string Claim =
        $"""
        WITH RECURSIVE ready AS (
            (SELECT workflow_id FROM task
             WHERE owning_team_id = $1 AND queue = $2 AND kind IS NOT NULL AND lease_until IS NULL
             ORDER BY workflow_id LIMIT 1)
            UNION ALL
            SELECT next.workflow_id FROM ready CROSS JOIN LATERAL (
                SELECT workflow_id FROM task
                WHERE owning_team_id = $1 AND queue = $2 AND kind IS NOT NULL AND lease_until IS NULL AND workflow_id > ready.workflow_id
                ORDER BY workflow_id LIMIT 1) next
        ), chosen AS (
            SELECT found.ctid, row_number() OVER (PARTITION BY ready.workflow_id ORDER BY found.ready_at) AS place, random() AS luck
            FROM ready CROSS JOIN LATERAL (
                SELECT ctid, ready_at FROM task
                WHERE owning_team_id = $1 AND queue = $2 AND workflow_id = ready.workflow_id AND kind IS NOT NULL AND lease_until IS NULL
                  AND (kind = 'RESUME' OR $6)
                ORDER BY ready_at LIMIT $3
                FOR UPDATE SKIP LOCKED) found
        )
        UPDATE task
        SET lease_until = statement_timestamp() + $4, held_task_id = task_id, fencing_token = fencing_token + 1, runner_id = $5,
            attempt = attempt + CASE WHEN kind = 'START' OR attempt > 0 THEN 1 ELSE 0 END
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM chosen ORDER BY place, luck LIMIT $3))
        RETURNING {Returned}
        """;

    private const string Room = "SELECT count(*) FROM task WHERE owning_team_id = $1 AND queue = $2 AND lease_until IS NOT NULL";

    private const string Order = "SELECT state, most_at_once FROM queue WHERE owning_team_id = $1 AND queue = $2";

    private const string Mine = "log_id = $1 AND instance_id = $2 AND held_task_id = $3 AND fencing_token = $4";

    private const string Extend = $"UPDATE task SET lease_until = statement_timestamp() + $5 WHERE {Mine} RETURNING lease_until";

    private const string Hold = $"SELECT FROM task WHERE {Mine}";

    private const string GiveBack = $"UPDATE task SET lease_until = NULL, held_task_id = NULL, runner_id = NULL, attempt = attempt - CASE WHEN $5 THEN 1 ELSE 0 END WHERE {Mine}";

    // A lease further ahead than anybody gets is one from before the clock was set back.
    private const string Lapsed = "(lease_until <= statement_timestamp() OR lease_until > statement_timestamp() + $2)";

    private const string Free =
        $"""
        UPDATE task SET lease_until = NULL, held_task_id = NULL, runner_id = NULL
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM task WHERE lease_until IS NOT NULL AND {Lapsed} AND (kind IS NULL OR attempt < most_attempts)
            ORDER BY lease_until LIMIT $1
            FOR UPDATE SKIP LOCKED))
        """;

    private const string Take =
        $"""
        UPDATE task SET lease_until = statement_timestamp() + $3, held_task_id = task_id, fencing_token = fencing_token + 1, runner_id = NULL
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM task WHERE lease_until IS NOT NULL AND {Lapsed} AND kind IS NOT NULL AND attempt >= most_attempts
            ORDER BY lease_until LIMIT $1
            FOR UPDATE SKIP LOCKED))
        RETURNING {Returned}
        """;

    /// <summary>Takes work of a team's queue for a runner. Never called off: what nobody heard of would have to lapse first.</summary>
    public async Task<List<ClaimedTask>> ClaimAsync(string team, string queue, int most, TimeSpan lease, string runnerId)
    {
        var order = await OrderAsync(source.CreateCommand(Order), team, queue);
        if (order.State == QueueState.Paused)
        {
            return [];
        }

        return order.MostAtOnce is null
            ? await ReadAsync(Claiming(source.CreateCommand(Claim), team, queue, most, lease, runnerId, order))
            : await ClaimLimitedAsync(team, queue, most, lease, runnerId);
    }

    /// <summary>Until when a runner has the work from now on; nothing, if it no longer has it.</summary>
    public async Task<Instant?> ExtendAsync(Guid instanceId, Lease lease, TimeSpan duration)
    {
        await using var command = Of(Extend, instanceId, lease);
        command.Parameters.Add(Parameter.Of(duration));
        return await command.ExecuteScalarAsync() is DateTime until ? Instant.From(until) : null;
    }

    /// <summary>Whether a runner has the work.</summary>
    public async Task<bool> HoldsAsync(Guid instanceId, Lease lease)
    {
        await using var command = Of(Hold, instanceId, lease);
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync();
    }

    /// <summary>Puts back what no runner has heard of.</summary>
    public async Task GiveBackAsync(ClaimedTask task)
    {
        await using var command = Of(GiveBack, task.InstanceId, task.Lease);
        command.Parameters.Add(Parameter.Of(task.IsCounted));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Frees work whose runner was lost and that another may have; answers how much.</summary>
    public async Task<int> FreeLapsedAsync(int most, TimeSpan longestLease)
    {
        await using var command = source.CreateCommand(Free);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((long)most), Parameter.Of(longestLease) });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Takes, to end it, work whose runner was lost and that no other may have. Its runner is fenced off by that.</summary>
    public Task<List<ClaimedTask>> TakeLostAsync(int most, TimeSpan longestLease, TimeSpan patience)
    {
        var command = source.CreateCommand(Take);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((long)most), Parameter.Of(longestLease), Parameter.Of(patience) });
        return ReadAsync(command);
    }

    /// <summary>Reads what an operator said about a queue.</summary>
    public static async Task<QueueOrder> OrderAsync(NpgsqlCommand command, string team, string queue)
    {
        await using (command)
        {
            command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(team), Parameter.Of(queue) });
            await using var rows = await command.ExecuteReaderAsync();
            return await rows.ReadAsync() ? ReadOrder(rows, 0) : QueueOrder.Usual;
        }
    }

    /// <summary>Reads what an operator said, from two columns. A word that only a later release knows hands out nothing.</summary>
    public static QueueOrder ReadOrder(NpgsqlDataReader rows, int column) => new(
        WireName.TryParse(rows.GetString(column), out QueueState state) ? state : QueueState.Paused,
        rows.IsDBNull(column + 1) ? null : rows.GetInt32(column + 1));

    // Where there is a limit, those who claim take turns: two would else count the same room.
    private async Task<List<ClaimedTask>> ClaimLimitedAsync(string team, string queue, int most, TimeSpan lease, string runnerId)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var order = await OrderAsync(new NpgsqlCommand($"{Order} FOR UPDATE", connection), team, queue);
        await using var counting = new NpgsqlCommand(Room, connection) { Parameters = { Parameter.Of(team), Parameter.Of(queue) } };
        var room = (order.MostAtOnce ?? int.MaxValue) - (long)(await counting.ExecuteScalarAsync())!;
        var claimed = order.State == QueueState.Paused || room <= 0
            ? []
            : await ReadAsync(Claiming(new NpgsqlCommand(Claim, connection), team, queue, (int)Math.Min(most, room), lease, runnerId, order));
        await transaction.CommitAsync();
        return claimed;
    }

    private static NpgsqlCommand Claiming(NpgsqlCommand command, string team, string queue, int most, TimeSpan lease, string runnerId, QueueOrder order)
    {
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(team), Parameter.Of(queue), Parameter.Of((long)most), Parameter.Of(lease), Parameter.Of(runnerId), Parameter.Of(order.State == QueueState.Open),
        });
        return command;
    }

    private NpgsqlCommand Of(string statement, Guid instanceId, Lease lease)
    {
        var command = source.CreateCommand(statement);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of((short)InstanceIds.LogOf(instanceId)), Parameter.Of(instanceId), Parameter.Of(lease.TaskId), Parameter.Of(lease.FencingToken),
        });
        return command;
    }

    private static async Task<List<ClaimedTask>> ReadAsync(NpgsqlCommand command)
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync();
            var claimed = new List<ClaimedTask>();
            while (await rows.ReadAsync())
            {
                // A kind that only a later release knows is for its silos to hand out.
                if (WireName.TryParse(rows.GetString(4), out WorkKind kind))
                {
                    claimed.Add(new ClaimedTask(
                        rows.GetGuid(1), new Lease(rows.GetGuid(2), rows.GetInt64(3)), kind, rows.GetInt32(5), Instant.From(rows.GetFieldValue<DateTimeOffset>(6)), rows.GetString(7), rows.GetString(8), rows.GetString(9)));
                }
            }

            return claimed;
        }
    }
}
