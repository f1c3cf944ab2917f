using System.Net.Sockets;
using Gantral.Grains.Ledger;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>What a fault of the database says about the transaction that met it.</summary>
internal static class StorageFault
{
    /// <summary>Whether it is a fault of storage at all, and not of this program.</summary>
    public static bool Is(Exception fault) => fault is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>
    /// Whether the server said itself that the statement failed, and lives on: then the transaction is aborted for
    /// good. Everything else leaves open what the server did last.
    /// </summary>
    public static bool IsAborted(Exception fault) => fault is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether the log was held by somebody else for too long.</summary>
    public static bool IsHeld(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>Whether the values are to blame (data, integrity, limits of a row), so that the same values will always fail.</summary>
    public static bool IsOfValues(Exception fault) =>
        fault is PostgresException { SqlState: { } state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal));

    /// <summary>Reads, and says of every fault of storage that the ledger is not to be had.</summary>
    public static async Task<T> AsUnavailableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception fault) when (Is(fault))
        {
            throw new LedgerUnavailableException($"The storage cannot be read ({InWords(fault)}).", fault);
        }
    }

    /// <summary>The fault in a line, without what the statement held.</summary>
    public static string InWords(Exception fault) => fault is PostgresException refused ? $"{refused.SqlState} {refused.MessageText}" : fault.Message;
}
