using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Ledger.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Projections;

/// <summary>Reads who lends what to whom.</summary>
internal sealed class DelegationReader(NpgsqlDataSource source) : IDelegationReader
{
    // Where nobody is named, everybody is meant; where a lender and a borrower are, either will do.
    private const string Listed =
        """
        SELECT delegation_id FROM delegation
        WHERE owning_team_id = ANY ($1)
            AND ($2::uuid IS NULL OR delegation_id < $2)
            AND ($3 OR (until > now() AND revoked_at IS NULL))
            AND (($4::text IS NULL AND $6::text IS NULL)
                OR (grantor_id = $4 AND grantor_issuer = $5)
                OR (delegate_id = $6 AND delegate_issuer = $7))
        ORDER BY delegation_id DESC
        LIMIT $8
        """;

    private const string Lent =
        """
        SELECT DISTINCT owning_team_id, role FROM delegation
        WHERE owning_team_id = ANY ($1) AND until > now() AND revoked_at IS NULL AND delegate_id = $2 AND delegate_issuer = $3
        """;

    private readonly Listing _listing = new(source);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Guid>> ListAsync(DelegationFilter filter) => _listing.ReadAsync(
        Listed,
        rows => rows.GetGuid(0),
        Parameter.Of(filter.Teams.ToArray()),
        Listing.Optional(filter.Below, NpgsqlDbType.Uuid),
        Parameter.Of(filter.Ended),
        Listing.Optional(filter.By?.Id, NpgsqlDbType.Text),
        Listing.Optional(filter.By?.Issuer, NpgsqlDbType.Text),
        Listing.Optional(filter.To?.Id, NpgsqlDbType.Text),
        Listing.Optional(filter.To?.Issuer, NpgsqlDbType.Text),
        Parameter.Of((long)filter.Limit));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LentRole>> LentAsync(Person to, ImmutableArray<string> teams) => _listing.ReadAsync(
        Lent, rows => new LentRole(rows.GetString(0), rows.GetString(1)), Parameter.Of(teams.ToArray()), Parameter.Of(to.Id), Parameter.Of(to.Issuer));
}
