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
            AND ($6::text IS NULL OR starts_with(instance_id::text, lower($6)) OR strpos(lower(workflow_id), lower($6)) > 0 OR strpos(lower(policy_version_id), lower($6)) > 0)
            AND ($7::timestamptz IS NULL OR created_at >= $7)
            AND ($8::timestamptz IS NULL OR created_at < $8)
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

    private const string Decided = "SELECT instance_id, sequence FROM decision WHERE decision_id = $1 LIMIT 1";

    private readonly Listing _listing = new(source);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter) => _listing.ReadAsync(
        Listed,
        rows => rows.GetGuid(0),
        Parameter.Of(filter.Teams.ToArray()),
        Listing.Optional(filter.Below, NpgsqlDbType.Uuid),
        Listing.Optional(filter.State is { } state ? WireName.Of(state) : null, NpgsqlDbType.Text),
        Listing.Optional(filter.WorkflowId, NpgsqlDbType.Text),
        Parameter.Of((long)filter.Limit),
        Listing.Optional(filter.Text, NpgsqlDbType.Text),
        Listing.Optional(filter.Since),
        Listing.Optional(filter.Until));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter) => _listing.ReadAsync(
        Pending,
        rows => new WaitingInstance(rows.IsDBNull(0) ? null : Instant.From(rows.GetFieldValue<DateTimeOffset>(0)), rows.GetGuid(1)),
        Parameter.Of(filter.Teams.ToArray()),
        Parameter.Of(filter.Roles.ToArray()),
        Listing.Optional(filter.After?.InstanceId, NpgsqlDbType.Uuid),
        Listing.Optional(filter.After?.DecideBy),
        Parameter.Of((long)filter.Limit));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<PlacedEntry>> HistoryAsync(Guid instanceId, long after, int limit) =>
        await entries.OfInstanceAsync(instanceId, after, limit);

    /// <inheritdoc/>
    public async ValueTask<PlacedDecision?> DecisionAsync(Guid decisionId) =>
        (await _listing.ReadAsync(Decided, rows => new PlacedDecision(rows.GetGuid(0), rows.GetInt64(1)), Parameter.Of(decisionId))).FirstOrDefault();
}
