using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;

namespace Gantral.Silo.Gateway.Connections;

/// <summary>Where connections are kept.</summary>
internal interface IConnections
{
    /// <summary>Keeps a version, unless it is there already; answers the one that is there.</summary>
    ValueTask<Connection> AddAsync(Connection connection);

    /// <summary>A version, if there is one.</summary>
    ValueTask<Connection?> FindAsync(string owningTeamId, string connectionId, string version);

    /// <summary>Those of some versions of a team that there are.</summary>
    ValueTask<ImmutableArray<Connection>> FindAsync(string owningTeamId, ImmutableArray<UsedConnection> used);

    /// <summary>The versions of some teams in the order of their names, after one of them.</summary>
    ValueTask<ImmutableArray<Connection>> ListAsync(ImmutableArray<string> teams, Connection? after, int limit);
}
