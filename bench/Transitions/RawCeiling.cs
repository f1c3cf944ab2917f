using System.Diagnostics;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Bench.Transitions;

/// <summary>
/// What the database can do on this machine: the same rows into the same tables and indexes, as many to a transaction,
/// on one connection, with nothing else around. Nobody reads, rules, chains, hashes or signs; the rows lie ready.
/// </summary>
internal sealed class RawCeiling(string connectionString, Func<short, ReadyRows> rowsOf)
{
    // A log of its own number, so that its rows stay apart from the evidence of silos.
    private const short Log = 4000;

    private readonly ReadyRows _rows = rowsOf(Log);
    private long _position;

    /// <summary>Writes lives, so many commits to a transaction, for a time; answers how many transitions were written in how many seconds.</summary>
    public async Task<(long Transitions, double Seconds)> WriteAsync(int commitsPerBatch, TimeSpan time)
    {
        await using var log = new LogConnection(connectionString);
        var connection = await log.OpenAsync();
        var (transitions, spent) = (0L, 0.0);
        var alive = Enumerable.Range(0, commitsPerBatch).Select(_rows.At).ToArray();
        while (spent < time.TotalSeconds)
        {
            // Only the database is measured, not the making of the rows.
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("BEGIN") } };
            var written = _rows.Fill(batch, _position, alive).Count;
            (_position, transitions) = (_position + written, transitions + written);
            batch.BatchCommands.Add(new(SecondTrip.InsertCheckpoint)
            {
                Parameters = { Parameter.Of(Log), Parameter.Of(_position), Parameter.Of(new byte[320]), Parameter.Of(new byte[250]) },
            });
            batch.BatchCommands.Add(new("COMMIT"));
            var start = Stopwatch.GetTimestamp();
            await batch.ExecuteNonQueryAsync();
            spent += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (transitions, spent);
    }
}
