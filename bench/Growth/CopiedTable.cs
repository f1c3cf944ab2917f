using Npgsql;
using NpgsqlTypes;

namespace Gantral.Bench.Growth;

/// <summary>Rows that stream into one table on a connection of their own, so that the tables fill side by side.</summary>
internal sealed class CopiedTable : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBinaryImporter _rows;

    private CopiedTable(NpgsqlConnection connection, NpgsqlBinaryImporter rows) => (_connection, _rows) = (connection, rows);

    /// <summary>Begins to fill a table.</summary>
    /// <param name="source">The database.</param>
    /// <param name="table">The table with its columns, in the order in which rows give them.</param>
    public static async Task<CopiedTable> BeginAsync(NpgsqlDataSource source, string table)
    {
        var connection = await source.OpenConnectionAsync();
        return new CopiedTable(connection, await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)"));
    }

    /// <summary>Begins the next row.</summary>
    public CopiedTable Row()
    {
        _rows.StartRow();
        return this;
    }

    public CopiedTable Add<T>(T value, NpgsqlDbType type)
    {
        _rows.Write(value, type);
        return this;
    }

    public CopiedTable Add(short value) => Add(value, NpgsqlDbType.Smallint);

    public CopiedTable Add(long value) => Add(value, NpgsqlDbType.Bigint);

    public CopiedTable Add(Guid value) => Add(value, NpgsqlDbType.Uuid);

    public CopiedTable Add(byte[] value) => Add(value, NpgsqlDbType.Bytea);

    public CopiedTable Add(string value) => Add(value, NpgsqlDbType.Text);

    public CopiedTable Add(DateTime value) => Add(value, NpgsqlDbType.TimestampTz);

    /// <summary>Makes all rows durable.</summary>
    public async Task EndAsync() => await _rows.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
