using System.Security.Cryptography;
using Gantral.Evidence.Log;
using Npgsql;

namespace Gantral.Silo.Schema;

/// <summary>Brings a database to this release's schema: forward only, and safe with several at once.</summary>
public static class Migrator
{
    // "gantral" in ASCII; whoever holds it migrates.
    private const long TurnToMigrate = 0x67616e7472616c;

    /// <summary>The most logs that the id of an instance has room for.</summary>
    public const int MostLogs = 4095;

    /// <summary>Applies what is missing, gives the serving login its privileges, and answers how many migrations were applied.</summary>
    public static async Task<int> MigrateAsync(MigrationOptions options, CancellationToken cancellation = default)
    {
        Validate(options);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.OwnerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({TurnToMigrate})", cancellation);

        // Until the connection closes nobody else migrates; a silo that dies here leaves whole steps only.
        var applied = await ApplyAsync(connection, options, cancellation);
        await GrantAsync(connection, options.ServingLogin, cancellation);
        await OpenLogsAsync(connection, options, cancellation);
        return applied;
    }

    private static void Validate(MigrationOptions options)
    {
        if (options.Logs is < 1 or > MostLogs)
        {
            throw new SchemaException($"A database has 1 to {MostLogs} logs, not {options.Logs}.");
        }

        if (options.Origin is { } origin && !Checkpoint.IsOrigin($"{origin}/{MostLogs}"))
        {
            throw new SchemaException($"'{origin}' cannot begin the name of a log: use up to 250 bytes without spaces, plus signs or control characters, for example gantral.example.com/prod.");
        }
    }

    private static async Task<int> ApplyAsync(NpgsqlConnection connection, MigrationOptions options, CancellationToken cancellation)
    {
        await ExecuteAsync(
            connection,
            """
            CREATE TABLE IF NOT EXISTS migration (
                number      integer PRIMARY KEY,
                name        text NOT NULL,
                hash        text NOT NULL,
                applied_at  timestamptz NOT NULL DEFAULT now()
            )
            """,
            cancellation);
        var known = await AppliedMigrations.ReadAsync(connection, cancellation);
        var applied = 0;
        foreach (var migration in Migration.All)
        {
            if (known.TryGetValue(migration.Number, out var hash))
            {
                if (hash != migration.Hash)
                {
                    throw new SchemaException($"Migration {migration.Name} was applied with other content than this release has. Use the release that wrote the database, or a later one.");
                }

                continue;
            }

            options.Progress?.Invoke($"applying {migration.Name}");
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, migration.Sql, cancellation);
            await ExecuteAsync(connection, "INSERT INTO migration (number, name, hash) VALUES ($1, $2, $3)", cancellation, migration.Number, migration.Name, migration.Hash);
            await transaction.CommitAsync(cancellation);
            applied++;
        }

        return applied;
    }

    private static async Task GrantAsync(NpgsqlConnection connection, string servingLogin, CancellationToken cancellation)
    {
        var login = new NpgsqlCommandBuilder().QuoteIdentifier(servingLogin);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(
            connection,
            $"""
            GRANT USAGE ON SCHEMA public TO {login};
            REVOKE ALL ON migration, log, entry, checkpoint FROM {login};
            GRANT SELECT ON migration, log, reopening TO {login};
            GRANT UPDATE (turn) ON log TO {login};
            GRANT SELECT, INSERT ON entry, checkpoint TO {login};
            GRANT SELECT, INSERT ON tile, cosignature TO {login};
            GRANT SELECT, INSERT, DELETE ON command, erasure TO {login};
            GRANT SELECT, INSERT, UPDATE, DELETE ON payload, instance, inbox, timer, delegation, workflow, policy, decision, cost TO {login};
            GRANT SELECT, INSERT, UPDATE, DELETE ON subscription, subscription_cursor, dead_letter, workflow_trigger, workflow_triggers_read TO {login};
            GRANT SELECT, INSERT, UPDATE, DELETE ON task, queue TO {login};
            GRANT SELECT, INSERT ON connection TO {login};
            """,
            cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // The logs of one database share the beginning of their names.
    private static async Task OpenLogsAsync(NpgsqlConnection connection, MigrationOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT origin FROM log WHERE log_id = 1", connection);
        var first = (string?)await command.ExecuteScalarAsync(cancellation);
        var beginning = first?[..^2] ?? options.Origin ?? $"gantral-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        if (options.Origin is { } wanted && wanted != beginning)
        {
            throw new SchemaException($"The logs of this database are named '{beginning}/…' for good; leave the origin out, or give that one.");
        }

        for (var log = 1; log <= options.Logs; log++)
        {
            await ExecuteAsync(connection, "INSERT INTO log (log_id, origin) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation, (short)log, $"{beginning}/{log}");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
