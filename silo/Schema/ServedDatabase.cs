using System.Collections.Immutable;
using Npgsql;

namespace Gantral.Silo.Schema;

/// <summary>A database as a silo finds it: which logs it has. Finding one that is not fit to serve from is an exception with a sentence.</summary>
/// <param name="Logs">The logs, by their number.</param>
public sealed record ServedDatabase(ImmutableSortedDictionary<int, string> Logs)
{
    /// <summary>Which of the logs had another name before.</summary>
    public ImmutableArray<LogReopening> Reopenings { get; init; } = [];

    /// <summary>Looks at the database with the serving login.</summary>
    /// <param name="servingConnectionString">How a silo connects.</param>
    /// <param name="allowPrivilegedLogin">Whether the login may change evidence: never in production.</param>
    /// <param name="cancellation">Calls it off.</param>
    public static async Task<ServedDatabase> FindAsync(string servingConnectionString, bool allowPrivilegedLogin = false, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(servingConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await MustBeMigratedAsync(connection, cancellation);
        await MustBeDurableAsync(connection, cancellation);
        if (!allowPrivilegedLogin)
        {
            await MustNotChangeEvidenceAsync(connection, cancellation);
        }

        return new ServedDatabase(await LogsAsync(connection, cancellation)) { Reopenings = await ReopeningsAsync(connection, cancellation) };
    }

    /// <summary>Why this release cannot serve the schema as it is, or nothing.</summary>
    internal static async Task<string?> SchemaFaultAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        IReadOnlyDictionary<int, string> applied;
        try
        {
            applied = await AppliedMigrations.ReadAsync(connection, cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return "The database has no Gantral schema that this login can read: run `gantral migrate` with the owner's login first.";
        }

        // A newer schema is served by an older release: migrations only ever add.
        return Migration.All.FirstOrDefault(migration => applied.GetValueOrDefault(migration.Number) != migration.Hash) is { } missing
            ? $"The database lacks migration {missing.Name}: run `gantral migrate` with the owner's login first."
            : null;
    }

    private static async Task MustBeMigratedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await SchemaFaultAsync(connection, cancellation) is { } fault)
        {
            throw new SchemaException(fault);
        }
    }

    private static async Task MustBeDurableAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'", connection);
        if (!(bool)(await command.ExecuteScalarAsync(cancellation))!)
        {
            throw new SchemaException("The server runs with fsync or full_page_writes off, so what it acknowledges can be lost: switch both on.");
        }
    }

    private static async Task MustNotChangeEvidenceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT has_table_privilege('entry', 'UPDATE, DELETE, TRUNCATE') OR has_table_privilege('checkpoint', 'UPDATE, DELETE, TRUNCATE')", connection);
        if ((bool)(await command.ExecuteScalarAsync(cancellation))!)
        {
            throw new SchemaException("The serving login could change or delete evidence: serve with another login than the owner's, made known by `gantral migrate`. (Gantral:AllowPrivilegedLogin=true accepts it for a trial.)");
        }
    }

    private static async Task<ImmutableArray<LogReopening>> ReopeningsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT log_id, position, former, known_size FROM reopening ORDER BY log_id, position", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reopenings = ImmutableArray.CreateBuilder<LogReopening>();
        while (await rows.ReadAsync(cancellation))
        {
            reopenings.Add(new LogReopening(rows.GetInt16(0), rows.GetInt64(1), rows.GetString(2), rows.GetInt64(3)));
        }

        return reopenings.ToImmutable();
    }

    private static async Task<ImmutableSortedDictionary<int, string>> LogsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT log_id, origin FROM log", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var logs = ImmutableSortedDictionary.CreateBuilder<int, string>();
        while (await rows.ReadAsync(cancellation))
        {
            logs.Add(rows.GetInt16(0), rows.GetString(1));
        }

        return logs.ToImmutable();
    }
}
