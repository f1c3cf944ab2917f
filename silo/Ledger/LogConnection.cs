using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>The one connection on which a silo writes to a log. It is given up after any fault, and with it its transaction.</summary>
internal sealed class LogConnection(string connectionString) : IAsyncDisposable
{
    /// <summary>For how long a silo that stands still may hold a log, and for how long others wait before they look who does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Durable commits whatever the server's default; bounds on everything that could hold a log; and no plan that
    // reads a whole table or index, for one made while they were empty is kept when they are large.
    private const string Settings =
        """
        SELECT
            set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END, false),
            set_config('idle_in_transaction_session_timeout', '1000', false),
            set_config('lock_timeout', '1000', false),
            set_config('statement_timeout', '4000', false),
            set_config('enable_seqscan', 'off', false),
            set_config('enable_bitmapscan', 'off', false),
            set_config('enable_hashjoin', 'off', false),
            set_config('enable_mergejoin', 'off', false)
        """;

    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        Enlist = false,
        Timeout = 5,
        CommandTimeout = 8,
        // After a time-out the connection is of no use: what came of the commit is read back on another one.
        CancellationTimeout = -1,
        MaxAutoPrepare = 64,
        AutoPrepareMinUsages = 2,
        WriteBufferSize = 256 * 1024,
        KeepAlive = 0,
    }.ConnectionString;

    private NpgsqlConnection? _connection;

    /// <summary>Whether the next use opens a connection.</summary>
    public bool IsClosed => _connection is null;

    /// <summary>The connection, opened when there is none.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync()
    {
        if (_connection is { } open)
        {
            return open;
        }

        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync();
            await using var settings = new NpgsqlCommand(Settings, connection);
            await settings.ExecuteNonQueryAsync();
            return _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the connection up; the server ends whatever was under way.</summary>
    public async ValueTask DropAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            try
            {
                await connection.DisposeAsync();
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
            {
                // It is gone, and that was all that was wanted.
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DropAsync();
}
