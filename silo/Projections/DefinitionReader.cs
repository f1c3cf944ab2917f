using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Ledger.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Projections;

/// <summary>Reads the versions that teams own.</summary>
internal sealed class DefinitionReader(NpgsqlDataSource source) : IDefinitionReader
{
    private const string Workflows =
        """
        SELECT registered_at, subject, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, registered_by
        FROM workflow
        WHERE owning_team_id = ANY ($1)
            AND ($2::uuid IS NULL OR (registered_at, subject) < ($3, $2))
            AND ($4::text IS NULL OR workflow_id = $4)
        ORDER BY registered_at DESC, subject DESC
        LIMIT $5
        """;

    private const string Policies =
        """
        SELECT registered_at, subject, owning_team_id, policy_version_id, registered_by
        FROM policy
        WHERE owning_team_id = ANY ($1)
            AND ($2::uuid IS NULL OR (registered_at, subject) < ($3, $2))
            AND ($4::text IS NULL OR split_part(policy_version_id, '@', 1) = $4)
        ORDER BY registered_at DESC, subject DESC
        LIMIT $5
        """;

    private readonly Listing _listing = new(source);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ListedWorkflow>> WorkflowsAsync(DefinitionFilter filter) => _listing.ReadAsync(
        Workflows,
        rows => new ListedWorkflow(
            Place(rows), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), Word<Materiality>(rows.GetString(6)), Word<Mode>(rows.GetString(7)), rows.GetString(8)),
        Of(filter));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ListedPolicy>> PoliciesAsync(DefinitionFilter filter) =>
        _listing.ReadAsync(Policies, rows => new ListedPolicy(Place(rows), rows.GetString(2), rows.GetString(3), rows.GetString(4)), Of(filter));

    private static NpgsqlParameter[] Of(DefinitionFilter filter) =>
    [
        Parameter.Of(filter.Teams.ToArray()),
        Listing.Optional(filter.Before?.Key, NpgsqlDbType.Uuid),
        Listing.Optional(filter.Before?.RegisteredAt),
        Listing.Optional(filter.Id, NpgsqlDbType.Text),
        Parameter.Of((long)filter.Limit),
    ];

    private static ListPlace Place(NpgsqlDataReader rows) => new(Instant.From(rows.GetFieldValue<DateTimeOffset>(0)), rows.GetGuid(1));

    private static T Word<T>(string word) where T : struct, Enum =>
        WireName.TryParse<T>(word, out var value) ? value : throw new InvalidOperationException($"'{word}' is no {typeof(T).Name}.");
}
