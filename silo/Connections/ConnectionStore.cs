using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Connections;

/// <summary>Connections in their table, which only grows.</summary>
internal sealed class ConnectionStore(NpgsqlDataSource source) : IConnections
{
    private const string Columns = "owning_team_id, connection_id, version, reference, created_by, created_at";

    // Whoever is second finds the first: what is asked after the insertion sees it, whichever of the two it was.
    private const string Add =
        "INSERT INTO connection (created_at, owning_team_id, connection_id, version, reference, created_by) VALUES (clock_timestamp(), $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1";

    private const string Find = $"SELECT {Columns} FROM connection WHERE owning_team_id = $1 AND connection_id = $2 AND version = $3";

    private const string FindAll =
        $"""
        SELECT {Columns} FROM connection
        JOIN unnest($2, $3) WITH ORDINALITY AS used (connection_id, version, place) USING (connection_id, version)
        WHERE owning_team_id = $1
        ORDER BY used.place
        """;

    private const string List =
        $"""
        SELECT {Columns} FROM connection
        WHERE owning_team_id = ANY ($1) AND ($2::text IS NULL OR (connection_id, version, owning_team_id) > ($2, $3, $4))
        ORDER BY connection_id, version, owning_team_id
        LIMIT $5
        """;

    private readonly Listing _listing = new(source);

    /// <inheritdoc/>
    public async ValueTask<Connection> AddAsync(Connection connection)
    {
        await _listing.ReadAsync(
            Add, _ => true,
            Parameter.Of(connection.OwningTeamId), Parameter.Of(connection.ConnectionId), Parameter.Of(connection.Version), Parameter.Of(connection.Reference), Parameter.Of(connection.CreatedBy));
        return (await FindAsync(connection.OwningTeamId, connection.ConnectionId, connection.Version))!;
    }

    /// <inheritdoc/>
    public async ValueTask<Connection?> FindAsync(string owningTeamId, string connectionId, string version) =>
        (await _listing.ReadAsync(Find, Read, Parameter.Of(owningTeamId), Parameter.Of(connectionId), Parameter.Of(version))).FirstOrDefault();

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Connection>> FindAsync(string owningTeamId, ImmutableArray<UsedConnection> used) => _listing.ReadAsync(
        FindAll, Read, Parameter.Of(owningTeamId), Parameter.Of(used.Select(one => one.ConnectionId).ToArray()), Parameter.Of(used.Select(one => one.Version).ToArray()));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Connection>> ListAsync(ImmutableArray<string> teams, Connection? after, int limit) => _listing.ReadAsync(
        List, Read,
        Parameter.Of(teams.ToArray()),
        Listing.Optional(after?.ConnectionId, NpgsqlDbType.Text),
        Listing.Optional(after?.Version, NpgsqlDbType.Text),
        Listing.Optional(after?.OwningTeamId, NpgsqlDbType.Text),
        Parameter.Of((long)limit));

    private static Connection Read(NpgsqlDataReader rows) =>
        new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), Instant.From(rows.GetFieldValue<DateTimeOffset>(5)));
}
