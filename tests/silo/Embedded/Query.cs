using Npgsql;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>One statement on a connection of its own.</summary>
internal static class Query
{
    public static async Task<T> AskAsync<T>(string connectionString, string statement)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(statement, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task RunAsync(string connectionString, string statement)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The SQLSTATE with which a statement is refused.</summary>
    public static async Task<string> RefusedAsync(string connectionString, string statement) =>
        (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connectionString, statement))).SqlState;

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
