using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Projections;

/// <summary>Reads what the projections list.</summary>
internal sealed class InstanceReader(NpgsqlDataSource source, EntryReads entries) : IInstanceReader
{
    private const string Listed =
        """
        SELECT instance_id FROM instance
        WHERE owning_team_id = ANY ($1)
            AND ($2::uuid IS NULL OR instance_id < $2)
            AND ($3::text IS NULL OR state = $3)
            AND ($4::text IS NULL OR workflow_id = $4)
        ORDER BY instance_id DESC
        LIMIT $5
        """;

    // Those without a deadline come last, as if theirs were at the end of time.
    private const string Pending =
        """
        SELECT decide_by, instance_id FROM inbox
        WHERE owning_team_id = ANY ($1)
            AND eligible_approver_roles && $2
            AND ($3::uuid IS NULL OR (coalesce(decide_by, 'infinity'), instance_id) > (coalesce($4, 'infinity'::timestamptz), $3))
        ORDER BY coalesce(decide_by, 'infinity'), instance_id
        LIMIT $5
        """;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter) => ReadAsync(
        Listed,
        rows => rows.GetGuid(0),
        Parameter.Of(filter.Teams.ToArray()),
        Optional(filter.Below, NpgsqlDbType.Uuid),
        Optional(filter.State is { } state ? WireName.Of(state) : null, NpgsqlDbType.Text),
        Optional(filter.WorkflowId, NpgsqlDbType.Text),
        Parameter.Of((long)filter.Limit));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter) => ReadAsync(
        Pending,
        rows => new WaitingInstance(rows.IsDBNull(0) ? null : Instant.From(rows.GetFieldValue<DateTimeOffset>(0)), rows.GetGuid(1)),
        Parameter.Of(filter.Teams.ToArray()),
        Parameter.Of(filter.Roles.ToArray()),
        Optional(filter.After?.InstanceId, NpgsqlDbType.Uuid),
        Optional(filter.After?.DecideBy?.ToDateTimeOffset().UtcDateTime, NpgsqlDbType.TimestampTz),
        Parameter.Of((long)filter.Limit));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<PlacedEntry>> HistoryAsync(Guid instanceId, long after, int limit) =>
        [.. (await entries.OfInstanceAsync(instanceId, after)).Take(limit)];

    private async ValueTask<ImmutableArray<T>> ReadAsync<T>(string question, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) =>
        await StorageFault.AsUnavailableAsync(async () =>
        {
            await using var command = source.CreateCommand(question);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            var found = ImmutableArray.CreateBuilder<T>();
            while (await rows.ReadAsync())
            {
                found.Add(read(rows));
            }

            return found.ToImmutable();
        });

    private static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
