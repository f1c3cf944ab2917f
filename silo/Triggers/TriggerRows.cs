using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Triggers;

/// <summary>The triggers in the database: which versions have which, and when schedules fire next.</summary>
internal sealed class TriggerRows(NpgsqlDataSource source)
{
    /// <summary>Whether no later version of the workflow was registered: that one alone is started by triggers.</summary>
    public const string IsNewest =
        """
        NOT EXISTS (
            SELECT FROM workflow AS later
            WHERE later.owning_team_id = workflow_trigger.owning_team_id AND later.workflow_id = workflow_trigger.workflow_id
                AND (later.registered_at, later.subject) > (workflow_trigger.registered_at, workflow_trigger.subject))
        """;

    private const string Unread =
        """
        SELECT log_id, subject, workflow_id, workflow_version FROM workflow
        WHERE NOT EXISTS (SELECT FROM workflow_triggers_read AS known WHERE known.log_id = workflow.log_id AND known.subject = workflow.subject)
        ORDER BY registered_at
        LIMIT 100
        """;

    // Both in one statement, so that several silos write the triggers of a version once.
    private const string Write =
        """
        WITH known AS (INSERT INTO workflow_triggers_read (log_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING subject)
        INSERT INTO workflow_trigger (log_id, subject, registered_at, owning_team_id, workflow_id, workflow_version, place, due_at, hook_id)
        SELECT $1, known.subject, $3, $4, $5, $6, triggers.* FROM known CROSS JOIN unnest($7, $8, $9) AS triggers
        """;

    private const string Due =
        $"""
        SELECT statement_timestamp(), log_id, subject, place, due_at, workflow_id, workflow_version FROM workflow_trigger
        WHERE due_at <= statement_timestamp() AND {IsNewest}
        ORDER BY due_at
        LIMIT 1000
        """;

    // Whoever fired the same moments first has moved it on.
    private const string MoveOn = "UPDATE workflow_trigger SET due_at = $5 WHERE log_id = $1 AND subject = $2 AND place = $3 AND due_at = $4";

    /// <summary>Versions whose triggers nobody has read yet.</summary>
    public Task<ImmutableArray<UnreadVersion>> UnreadAsync(CancellationToken cancellation) => ReadAsync(
        Unread, rows => new UnreadVersion(rows.GetInt16(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3)), cancellation);

    /// <summary>Notes the triggers of a version.</summary>
    /// <param name="unread">Which version.</param>
    /// <param name="version">The same, read.</param>
    /// <param name="triggers">The place of each, when it is due if it is a schedule, and where its messages come if it takes any.</param>
    public async Task WriteAsync(UnreadVersion unread, WorkflowVersion version, IReadOnlyList<(int Place, Instant? DueAt, string? HookId)> triggers)
    {
        await using var command = source.CreateCommand(Write);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(unread.LogId),
            Parameter.Of(unread.Subject),
            Parameter.Of(version.RegisteredAt.ToDateTimeOffset().UtcDateTime),
            Parameter.Of(version.Binding.OwningTeamId),
            Parameter.Of(unread.WorkflowId),
            Parameter.Of(unread.WorkflowVersion),
            Parameter.Of(triggers.Select(trigger => (short)trigger.Place).ToArray()),
            new() { Value = triggers.Select(trigger => trigger.DueAt?.ToDateTimeOffset().UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            new() { Value = triggers.Select(trigger => trigger.HookId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The schedules that are due by the database's time, of the newest versions.</summary>
    public Task<ImmutableArray<DueSchedule>> DueAsync(CancellationToken cancellation) => ReadAsync(
        Due,
        rows => new DueSchedule(
            Instant.From(rows.GetFieldValue<DateTimeOffset>(0)), rows.GetInt16(1), rows.GetGuid(2), rows.GetInt16(3), Instant.From(rows.GetFieldValue<DateTimeOffset>(4)), rows.GetString(5), rows.GetString(6)),
        cancellation);

    /// <summary>Notes when a schedule is due next.</summary>
    public async Task MoveOnAsync(DueSchedule due, Instant? next)
    {
        await using var command = source.CreateCommand(MoveOn);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(due.LogId),
            Parameter.Of(due.Subject),
            Parameter.Of(due.Place),
            Parameter.Of(due.DueAt.ToDateTimeOffset().UtcDateTime),
            new() { Value = (object?)next?.ToDateTimeOffset().UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<ImmutableArray<T>> ReadAsync<T>(string question, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(question);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(read(rows));
        }

        return found.ToImmutable();
    }
}
