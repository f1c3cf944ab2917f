using Npgsql;

namespace Gantral.Silo.Embedded;

/// <summary>The database and its two logins, and how to reach them.</summary>
internal sealed class Logins(DataFolder folder, SecretFiles secrets)
{
    public const string Superuser = "gantral_superuser";

    private const string Database = "gantral";
    private const string Owner = "gantral_owner";
    private const string Serving = "gantral_serving";
    private const int ConnectSeconds = 5;

    public string ConnectionString(string socketFolder, EmbeddedLogin login) =>
        Connection(socketFolder, login == EmbeddedLogin.Owner ? Owner : Serving, Database).ConnectionString;

    /// <summary>Whether the server takes connections; one that is still starting or already stopping does not.</summary>
    public async Task<bool> AnswersAsync(string socketFolder, CancellationToken cancellation)
    {
        if (socketFolder.Length == 0)
        {
            return false;
        }

        try
        {
            await using var connection = await OpenAsync(socketFolder, Superuser, "postgres", cancellation);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new EmbeddedPostgresException($"The passwords in '{folder.Secrets}' are not those of the cluster in '{folder.Cluster}': restore the two together.", refused);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Makes what is not there yet; safe to repeat after any interruption.</summary>
    public async Task EnsureAsync(string socketFolder, CancellationToken cancellation)
    {
        await using (var server = await OpenAsync(socketFolder, Superuser, "postgres", cancellation))
        {
            await EnsureRoleAsync(server, Owner, cancellation);
            await EnsureRoleAsync(server, Serving, cancellation);
            if (!await AnyAsync(server, "SELECT 1 FROM pg_database WHERE datname = $1", Database, cancellation))
            {
                await ExecuteAsync(server, $"CREATE DATABASE {Database} OWNER {Owner} TEMPLATE template0 ENCODING 'UTF8'", cancellation);
            }

            await ExecuteAsync(server, $"REVOKE ALL ON DATABASE {Database}, postgres, template1 FROM PUBLIC", cancellation);
            await ExecuteAsync(server, $"GRANT CONNECT ON DATABASE {Database} TO {Serving}", cancellation);
        }

        // Older versions let everybody create in this schema, and give it to the superuser.
        await using var database = await OpenAsync(socketFolder, Superuser, Database, cancellation);
        await ExecuteAsync(database, $"ALTER SCHEMA public OWNER TO {Owner}", cancellation);
        await ExecuteAsync(database, "REVOKE ALL ON SCHEMA public FROM PUBLIC", cancellation);

        await EnsurePasswordAsync(database, socketFolder, Owner, cancellation);
        await EnsurePasswordAsync(database, socketFolder, Serving, cancellation);
    }

    private async Task EnsureRoleAsync(NpgsqlConnection server, string role, CancellationToken cancellation)
    {
        if (!await AnyAsync(server, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellation))
        {
            await ExecuteAsync(server, $"CREATE ROLE {role} LOGIN PASSWORD '{ScramVerifier.Of(secrets.Password(role))}'", cancellation);
        }
    }

    // A password file that was lost has been generated anew: the role follows the file.
    private async Task EnsurePasswordAsync(NpgsqlConnection server, string socketFolder, string role, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(socketFolder, role, Database, cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            await ExecuteAsync(server, $"ALTER ROLE {role} PASSWORD '{ScramVerifier.Of(secrets.Password(role))}'", cancellation);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string socketFolder, string role, string database, CancellationToken cancellation)
    {
        var text = Connection(socketFolder, role, database);
        text.Pooling = false;
        text.Timeout = ConnectSeconds;
        var connection = new NpgsqlConnection(text.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private NpgsqlConnectionStringBuilder Connection(string socketFolder, string role, string database) => new()
    {
        Host = socketFolder,
        Port = SocketFolder.Port,
        Username = role,
        Password = secrets.Password(role),
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        ApplicationName = "gantral",
    };

    private static async Task<bool> AnyAsync(NpgsqlConnection connection, string question, string name, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
