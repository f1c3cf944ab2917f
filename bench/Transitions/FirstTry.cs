using System.Diagnostics;
using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Bench.Transitions;

/// <summary>
/// What anybody would write first: for each commit a transaction of its own, on as many connections as there is use for,
/// that holds the log, reads its head, writes the same rows and signs a head over them. The rows lie ready; nobody
/// rules, and nobody reads an instance.
/// </summary>
internal sealed class FirstTry(BenchDatabase database, Func<short, ReadyRows> rowsOf) : IAsyncDisposable
{
    // A log of its own number, so that its rows stay apart from the evidence of silos.
    private const short Log = 3999;
    private const int Connections = 16;

    private const string Begin = $"INSERT INTO log (log_id, origin) VALUES (3999, 'gantral.example/first-try') ON CONFLICT DO NOTHING";

    private const string Hold = "SELECT FROM log WHERE log_id = $1 FOR UPDATE";

    private const string Head = "SELECT size, frontier FROM checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT 1";

    private readonly LogHeads _heads = new(BenchSilo.Signer("gantral.example/first-try", database.KeyPem));
    private readonly ReadyRows _rows = rowsOf(Log);

    /// <summary>Makes the log that it writes to.</summary>
    public async Task BeginAsync()
    {
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        await using var command = owner.CreateCommand(Begin);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes lives for a time; answers how many transitions were written in how many seconds.</summary>
    public async Task<(long Transitions, double Seconds)> WriteAsync(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var written = await Task.WhenAll(Enumerable.Range(0, Connections).Select(place => Task.Run(async () =>
        {
            await using var log = new LogConnection(database.Serving);
            var connection = await log.OpenAsync();
            var (transitions, alive) = (0L, new[] { _rows.At(place) });
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                transitions += await CommitAsync(connection, alive);
            }

            return transitions;
        })));
        return (written.Sum(), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // It is no evidence, and whoever verifies the database afterwards is not to look for any.
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        await using var command = owner.CreateCommand("DELETE FROM log WHERE log_id = 3999");
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> CommitAsync(NpgsqlConnection connection, ReadyRows.Alive[] alive)
    {
        var tree = await HoldAsync(connection);
        await using var batch = new NpgsqlBatch(connection);
        var written = _rows.Fill(batch, tree.Size, alive);
        foreach (var entry in written)
        {
            tree.Append(TreeHash.Leaf(entry.Bytes.Span));
        }

        var head = _heads.Sign(tree, Instant.From(TimeProvider.System.GetUtcNow()));
        batch.BatchCommands.Add(new(SecondTrip.InsertCheckpoint)
        {
            Parameters = { Parameter.Of(Log), Parameter.Of(head.Size), Parameter.Of(head.Frontier), Parameter.Of(head.Note) },
        });
        batch.BatchCommands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync();
        return written.Count;
    }

    private static async Task<Frontier> HoldAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("BEGIN"), new(Hold) { Parameters = { Parameter.Of(Log) } }, new(Head) { Parameters = { Parameter.Of(Log) } } },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        return await rows.ReadAsync() && Frontier.TryRestore(rows.GetInt64(0), MemoryMarshal.Cast<byte, Digest>(rows.GetFieldValue<byte[]>(1)), out var tree) ? tree : new Frontier();
    }
}
