using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Authority;
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
    // Of each team by itself: so an index has them in their order, and no more are read than are shown.
    private const string Listed =
        """
        SELECT found.instance_id
        FROM unnest($1) AS team
        CROSS JOIN LATERAL (
            SELECT instance_id FROM instance
            WHERE owning_team_id = team
                AND ($2::uuid IS NULL OR instance_id < $2)
                AND ($5::text IS NULL OR starts_with(instance_id::text, lower($5)) OR strpos(lower(workflow_id), lower($5)) > 0 OR strpos(lower(policy_version_id), lower($5)) > 0)
                AND ($6::timestamptz IS NULL OR created_at >= $6)
                AND ($7::timestamptz IS NULL OR created_at < $7)
                {0}
            ORDER BY instance_id DESC
            LIMIT $8) AS found
        ORDER BY found.instance_id DESC
        LIMIT $8
        """;

    // Those without a deadline come last, as a null does.
    private const string Pending =
        """
        SELECT found.decide_by, found.instance_id
        FROM unnest($1) AS team
        CROSS JOIN LATERAL (
            SELECT decide_by, instance_id FROM inbox
            WHERE owning_team_id = team AND eligible_approver_roles && $2 {0}
            ORDER BY decide_by, instance_id
            LIMIT $5) AS found
        ORDER BY found.decide_by, found.instance_id
        LIMIT $5
        """;

    private static readonly CompositeFormat ListedWhere = CompositeFormat.Parse(Listed);
    private static readonly CompositeFormat PendingAfter = CompositeFormat.Parse(Pending);

    private const string Decided = "SELECT instance_id, sequence FROM decision WHERE decision_id = $1 LIMIT 1";

    private readonly Listing _listing = new(source);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter) => _listing.ReadAsync(
        string.Format(CultureInfo.InvariantCulture, ListedWhere, Where(filter)),
        rows => rows.GetGuid(0),
        Parameter.Of(filter.Teams.ToArray()),
        Listing.Optional(filter.Below, NpgsqlDbType.Uuid),
        Listing.Optional(filter.State is { } state ? WireName.Of(state) : null, NpgsqlDbType.Text),
        Listing.Optional(filter.WorkflowId, NpgsqlDbType.Text),
        Listing.Optional(filter.Text, NpgsqlDbType.Text),
        Listing.Optional(filter.Since),
        Listing.Optional(filter.Until),
        Parameter.Of((long)filter.Limit));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter) => _listing.ReadAsync(
        string.Format(CultureInfo.InvariantCulture, PendingAfter, After(filter.After)),
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

    // The indexes of what lives and of what was terminated are named by their conditions, which a parameter could not do.
    private static string Where(InstanceFilter filter)
    {
        var state = filter.State switch
        {
            null => "AND $3::text IS NULL",
            ExecutionState.Terminated => "AND state = $3 AND reason IS NOT NULL",
            ExecutionState.Completed => "AND state = $3 AND is_over",
            _ => "AND state = $3 AND NOT is_over",
        };
        return filter.WorkflowId is null ? $"{state} AND $4::text IS NULL" : $"{state} AND workflow_id = $4";
    }

    private static string After(WaitingInstance? last) => last switch
    {
        null => "AND $3::uuid IS NULL AND $4::timestamptz IS NULL",
        { DecideBy: null } => "AND $4::timestamptz IS NULL AND decide_by IS NULL AND instance_id > $3",
        _ => "AND ((decide_by, instance_id) > ($4, $3) OR decide_by IS NULL)",
    };
}
