using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Finds out what came of a batch whose connection broke after it was sent. Only whoever holds the log knows: its old
/// transaction has ended then, so a head that is not there now will never be.
/// </summary>
internal sealed class UnknownOutcome(LedgerOptions options, short logId, string origin, LogConnection connection)
{
    private const string NoteOfSize = "SELECT note FROM checkpoint WHERE log_id = $1 AND size = $2";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Asks until there is an answer. Meanwhile <paramref name="stillAway"/> hears of each attempt that failed.</summary>
    public async Task<bool> ResolveAsync(StoredHead head, Action<Exception> stillAway, CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            try
            {
                return await AskAsync(head);
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                await connection.DropAsync();
                stillAway(fault);
                if (StorageFault.IsHeld(fault))
                {
                    await StoppedHolders.EndAsync(connection, origin, options.Logger);
                }

                await Task.Delay(pause, options.Time, stop);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            }
        }
    }

    private async Task<bool> AskAsync(StoredHead head)
    {
        await using var batch = new NpgsqlBatch(await connection.OpenAsync());
        batch.BatchCommands.Add(new(FirstTrip.Begin));
        batch.BatchCommands.Add(new(FirstTrip.HoldLog) { Parameters = { Parameter.Of(logId) } });
        batch.BatchCommands.Add(new(NoteOfSize) { Parameters = { Parameter.Of(logId), Parameter.Of(head.Size) } });
        batch.BatchCommands.Add(new("COMMIT"));
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();

        // No two signatures are alike, so the same note is this silo's own batch.
        return await rows.ReadAsync() && rows.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(head.Note);
    }
}
