using System.Diagnostics.CodeAnalysis;

namespace Gantral.Client;

/// <summary>The secrets of the connections that a piece of work uses. They are nowhere but here, and what is written from here is without them.</summary>
public sealed class TaskSecrets
{
    // Shorter ones cannot be told from other text.
    private const int Shortest = 4;

    private readonly Dictionary<string, (TaskConnection Connection, string Value)> _secrets;

    private TaskSecrets(Dictionary<string, (TaskConnection Connection, string Value)> secrets) => _secrets = secrets;

    /// <summary>The connections, in the order in which their workflow names them.</summary>
    public IEnumerable<TaskConnection> Connections => _secrets.Values.Select(secret => secret.Connection);

    /// <summary>The secret of a connection that the workflow names.</summary>
    /// <param name="connectionId">The connection's name, without its version.</param>
    public string this[string connectionId] => TryGet(connectionId, out var value)
        ? value
        : throw new KeyNotFoundException($"The workflow of this work does not name the connection {connectionId}; register a version of it that does.");

    /// <summary>The secret of a connection, if the workflow names it.</summary>
    public bool TryGet(string connectionId, [NotNullWhen(true)] out string? value) => (value = _secrets.GetValueOrDefault(connectionId).Value) is not null;

    /// <summary>A text with the name of its connection in the place of each secret, and of each line of one that has several.</summary>
    public string Redact(string text)
    {
        // The longest first: one may be a part of another.
        foreach (var (part, connection) in Parts().OrderByDescending(part => part.Text.Length))
        {
            text = text.Replace(part, $"[{connection.ConnectionId}]", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>An outcome that holds no secret. References that would are not changed but told to be wrong: they lead nowhere without it.</summary>
    internal Outcome KeptFrom(Outcome outcome)
    {
        EvidenceReference?[] told = [.. outcome.Evidence, (outcome as Suspended)?.Checkpoint];
        return told.OfType<EvidenceReference>().Any(reference => Redact(reference.Ref) != reference.Ref || Redact(reference.Hash) != reference.Hash)
            ? new Failed(new AgentError($"The outcome {outcome.GetType().Name} had a secret in one of its references, and was not sent.", SecretException.Code))
            : outcome is Failed { Error: var error } failed ? failed with { Error = new AgentError(Redact(error.Message), error.Code is { } code ? Redact(code) : null) }
            : outcome;
    }

    internal static async Task<TaskSecrets> ResolveAsync(IReadOnlyList<TaskConnection> connections, IReadOnlyList<ISecretResolver> resolvers, CancellationToken cancellation)
    {
        var secrets = new Dictionary<string, (TaskConnection, string)>(StringComparer.Ordinal);
        foreach (var connection in connections)
        {
            secrets[connection.ConnectionId] = (connection, await ResolveAsync(connection.Reference, resolvers, cancellation).ConfigureAwait(false));
        }

        return new TaskSecrets(secrets);
    }

    private static async ValueTask<string> ResolveAsync(string reference, IReadOnlyList<ISecretResolver> resolvers, CancellationToken cancellation)
    {
        var scheme = reference.Split("://", 2) is [var before, _] ? before : "";
        var resolver = resolvers.FirstOrDefault(one => string.Equals(one.Scheme, scheme, StringComparison.OrdinalIgnoreCase)) ?? throw new UnknownSchemeException(reference, scheme);
        try
        {
            return await resolver.ResolveAsync(reference, cancellation).ConfigureAwait(false) ?? throw new SecretException(reference, "leads to nothing");
        }
        catch (Exception failed) when (failed is not SecretException && !cancellation.IsCancellationRequested)
        {
            // Its message is not repeated, nor is it kept as a cause: nobody knows what a vault puts into one.
            throw new SecretException(reference, $"could not be resolved ({failed.GetType().Name})");
        }
    }

    private IEnumerable<(string Text, TaskConnection Connection)> Parts() =>
        from secret in _secrets.Values
        from part in secret.Value.Split('\n', StringSplitOptions.TrimEntries).Append(secret.Value)
        where part.Length >= Shortest
        select (part, secret.Connection);
}
