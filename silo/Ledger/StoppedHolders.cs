using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Ends sessions that hold a log and wait for a client which has not moved for a second: a silo that was stopped. The
/// server does so itself between two round trips, but not while it waits for the rest of one.
/// </summary>
internal static class StoppedHolders
{
    // Waiters for the log wait for a lock, not for their client, so they are never among these.
    private const string End =
        """
        SELECT count(pg_terminate_backend(activity.pid))
        FROM pg_locks
        JOIN pg_stat_activity AS activity USING (pid)
        WHERE pg_locks.locktype = 'relation'
            AND pg_locks.relation = 'log'::regclass
            AND pg_locks.mode = 'RowShareLock'
            AND pg_locks.granted
            AND activity.pid <> pg_backend_pid()
            AND activity.usename = current_user
            AND activity.wait_event_type = 'Client'
            AND activity.state_change < clock_timestamp() - interval '900 milliseconds'
        """;

    /// <summary>Ends them, if it can: the next attempt to hold the log says what is wrong otherwise.</summary>
    public static async Task EndAsync(LogConnection connection, string origin, ILogger logger)
    {
        try
        {
            await using var command = new NpgsqlCommand(End, await connection.OpenAsync());
            if (await command.ExecuteScalarAsync() is > 0L and var ended)
            {
                LedgerLog.EndedHolders(logger, origin, (long)ended);
            }
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            await connection.DropAsync();
        }
    }
}
