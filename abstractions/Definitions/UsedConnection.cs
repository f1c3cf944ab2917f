using System.Diagnostics.CodeAnalysis;

namespace Gantral.Abstractions.Definitions;

/// <summary>A connection whose secret the work of a workflow needs: which one, and nothing of what it refers to.</summary>
/// <param name="ConnectionId">Its name.</param>
/// <param name="Version">Its version.</param>
public sealed record UsedConnection(string ConnectionId, string Version)
{
    /// <summary>How all the names begin under which a process finds secrets in its environment.</summary>
    public const string VariablePrefix = "GANTRAL_CONNECTION_";

    /// <summary>The name under which a process finds the secret in its environment.</summary>
    public string Variable => VariableOf(ConnectionId);

    /// <summary>The name under which a process finds the secret of a connection in its environment: its letters and digits, upper-case, with _ for everything else.</summary>
    public static string VariableOf(string connectionId) =>
        VariablePrefix + string.Concat(connectionId.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));

    /// <summary>Reads an id and a version with an @ between.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UsedConnection? connection)
    {
        connection = text.Split('@') is [{ Length: > 0 } id, { Length: > 0 } version] ? new UsedConnection(id, version) : null;
        return connection is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ConnectionId}@{Version}";
}
