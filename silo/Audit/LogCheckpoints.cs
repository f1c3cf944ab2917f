using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>The signed heads of logs, as they are stored.</summary>
public sealed class LogCheckpoints(NpgsqlDataSource source)
{
    private const string Newest = "SELECT note FROM checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT 1";

    /// <summary>The newest head of a log; a log that is open has one.</summary>
    public async Task<SignedHead> NewestAsync(int logId, CancellationToken cancellation = default)
    {
        var note = await StorageFault.AsUnavailableAsync(async () =>
        {
            await using var command = source.CreateCommand(Newest);
            command.Parameters.Add(Parameter.Of((short)logId));
            return (byte[]?)await command.ExecuteScalarAsync(cancellation);
        });
        return SignedHead.Read(note ?? throw new InvalidOperationException($"Log {logId} is not open."));
    }
}
