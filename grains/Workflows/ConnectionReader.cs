using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Workflows;

/// <summary>Reads which connections the work of a workflow needs.</summary>
internal static class ConnectionReader
{
    private const int MostConnections = 50;

    /// <summary>Reads a list of them, each of which a process can tell from the others.</summary>
    public static ImmutableArray<UsedConnection> Read(DefinitionNode list)
    {
        var read = ImmutableArray.CreateBuilder<UsedConnection>();
        var variables = new Dictionary<string, UsedConnection>(StringComparer.Ordinal);
        foreach (var element in list.Elements())
        {
            if (!UsedConnection.TryParse(element.VersionId(), out var connection))
            {
                element.Fail("must be a connection and its version, such as payments-api@1");
                continue;
            }

            if (!variables.TryAdd(connection.Variable, connection))
            {
                element.Fail($"would be {connection.Variable} in the environment of the work, as '{variables[connection.Variable]}' is; use one of them, or register one under another name");
            }

            read.Add(connection);
        }

        if (read.Count > MostConnections)
        {
            list.Fail($"names more than {MostConnections} connections");
        }

        return read.ToImmutable();
    }
}
