using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>The one connection on which a silo writes to a log. It is given up after any fault, and with it its transaction.</summary>
/// <param name="connectionString">How a silo connects.</param>
/// <param name="revive">Brings a private server up again; tried once when it cannot be reached.</param>
internal sealed class LogConnection(string connectionString, Func<Task>? revive = null) : IAsyncDisposable
{
    // Durable commits whatever the server's default; bounds on everything that could hold a log; one plan for each
    // statement, for to make them anew costs a commit that is alone as much as all its rows; and none that reads a whole
    // table or index, for one made while they were empty is kept when they are large. A silo that stands
    // still may hold a log for a second, and others wait as long before they look who does (StoppedHolders).
    private const string Settings =
        """
        SELECT
            set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END, false),
            set_config('idle_in_transaction_session_timeout', '1000', false),
            set_config('lock_timeout', '1000', false),
            set_config('statement_timeout', '4000', false),
            set_config('plan_cache_mode', 'force_generic_plan', false),
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

        try
        {
            return _connection = await ConnectAsync();
        }
        catch (Exception fault) when (StorageFault.Is(fault) && revive is not null)
        {
            if (!await TryReviveAsync())
            {
                throw;
            }

            return _connection = await ConnectAsync();
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

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync();
            await using var settings = new NpgsqlCommand(Settings, connection);
            await settings.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Whatever keeps the server from coming up, to callers it is the storage that is away.
    private async Task<bool> TryReviveAsync()
    {
        try
        {
            await revive!();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
