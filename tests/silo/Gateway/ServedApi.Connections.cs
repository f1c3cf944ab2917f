using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Silo.Gateway.Connections;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Connections of one team, of which only who may see them is of interest here.</summary>
internal sealed partial class ServedApi : IConnections
{
    private static readonly Connection Known = new("payments", "payments-api", "3", "vault://kv/payments#token", "ann", Samples.At);

    public ValueTask<Connection> AddAsync(Connection connection) => new(connection with { CreatedAt = Samples.At });

    public ValueTask<Connection?> FindAsync(string owningTeamId, string connectionId, string version) => new(owningTeamId == Known.OwningTeamId ? Known : null);

    public ValueTask<ImmutableArray<Connection>> FindAsync(string owningTeamId, ImmutableArray<UsedConnection> used) => new(owningTeamId == Known.OwningTeamId ? [.. used.Select(_ => Known)] : []);

    public ValueTask<ImmutableArray<Connection>> ListAsync(ImmutableArray<string> teams, Connection? after, int limit) =>
        new(teams.Contains(Known.OwningTeamId, StringComparer.Ordinal) ? [Known] : []);
}
