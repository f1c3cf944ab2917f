using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Reminders;

/// <summary>
/// Which timers are due, and which of them this silo takes. A claim is soft: it saves others the work and promises
/// nothing, so it is one statement that waits for nobody and holds nothing once it has returned.
/// </summary>
internal sealed class TimerClaims(NpgsqlDataSource source, TimeSpan claimedFor)
{
    /// <summary>Only ever the first few of an index, however many timers there are and whatever the planner last knew.</summary>
    public const string Settings = "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c statement_timeout=4000";

    // A claim further ahead than any silo makes them is one from before the clock was set back: it does not count.
    private const string Free = "(claimed_until IS NULL OR claimed_until <= statement_timestamp() OR claimed_until > statement_timestamp() + $1)";

    public const string Look = $"SELECT clock_timestamp(), (SELECT due_at FROM timer WHERE {Free} ORDER BY due_at LIMIT 1)";

    // The time of the statement and not of the clock: that one is volatile, and the index could not be entered with it.
    // Rows that a batch is writing are skipped, so this never waits while it holds a row that the batch wants next.
    public const string Claim =
        $"""
        UPDATE timer SET claimed_until = statement_timestamp() + $1
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM timer
            WHERE due_at <= statement_timestamp() AND {Free}
            ORDER BY due_at
            LIMIT $2
            FOR UPDATE SKIP LOCKED))
        RETURNING log_id, instance_id, deadline, due_at
        """;

    // Instants have milliseconds; a row that was not written by a batch may have more.
    private const string Same = "log_id = $1 AND instance_id = $2 AND date_trunc('milliseconds', due_at) = $3 AND deadline = $4";

    private const string Release = $"UPDATE timer SET claimed_until = NULL WHERE {Same}";

    private const string End = $"DELETE FROM timer WHERE {Same}";

    private const string Find = $"SELECT FROM timer WHERE {Same}";

    /// <summary>The database's time, and when the next timer that nobody has taken is due.</summary>
    public async Task<(Instant Now, Instant? Next)> LookAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Look);
        command.Parameters.Add(Parameter.Of(claimedFor));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        return (InstantOf(rows, 0), rows.IsDBNull(1) ? null : InstantOf(rows, 1));
    }

    /// <summary>Takes the timers that have been due for longest, at most so many, and none that another silo has taken. Never called off, for a claim that nobody heard of must lapse first.</summary>
    public async Task<IReadOnlyList<DueTimer>> ClaimAsync(int most)
    {
        await using var command = source.CreateCommand(Claim);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(claimedFor), Parameter.Of((long)most) });
        await using var rows = await command.ExecuteReaderAsync();
        var claimed = new List<DueTimer>();
        while (await rows.ReadAsync())
        {
            // A deadline that only a later release knows is for its silos to fire.
            if (WireName.TryParse(rows.GetString(2), out Deadline deadline))
            {
                claimed.Add(new DueTimer(rows.GetInt16(0), rows.GetGuid(1), deadline, InstantOf(rows, 3)));
            }
        }

        return claimed;
    }

    /// <summary>Gives a timer back before its claim lapses.</summary>
    public async Task ReleaseAsync(DueTimer timer)
    {
        await using var command = Of(Release, timer);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends a timer that no commit ends.</summary>
    public async Task EndAsync(DueTimer timer)
    {
        await using var command = Of(End, timer);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether the timer is still there as it was taken.</summary>
    public async Task<bool> IsThereAsync(DueTimer timer)
    {
        await using var command = Of(Find, timer);
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync();
    }

    private NpgsqlCommand Of(string statement, DueTimer timer)
    {
        var command = source.CreateCommand(statement);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(timer.LogId), Parameter.Of(timer.InstanceId), Parameter.Of(timer.DueAt.ToDateTimeOffset().UtcDateTime), Parameter.Of(WireName.Of(timer.Deadline)),
        });
        return command;
    }

    private static Instant InstantOf(NpgsqlDataReader rows, int column) => Instant.From(rows.GetFieldValue<DateTimeOffset>(column));
}
