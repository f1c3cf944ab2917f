using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Hosting;

/// <summary>
/// Sees to it that what was erased by whichever silo does not live on in the memory of this one. Whoever is asked about an
/// instance reads on in its entries anyway; this is for instances that nobody asks about.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="host">Whose memory.</param>
/// <param name="logs">How many logs there are.</param>
/// <param name="time">How long ago this silo looked.</param>
public sealed class ErasureWatch(NpgsqlDataSource source, GrainHost host, int logs, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private const int PageRows = 1_000;

    private const string Look =
        """
        SELECT seen.log_id, told.position, told.instance_id
        FROM unnest($1, $2) AS seen (log_id, position)
        CROSS JOIN LATERAL (
            SELECT erasure.position, erasure.instance_id
            FROM erasure
            WHERE erasure.log_id = seen.log_id AND erasure.position > seen.position
            ORDER BY erasure.position
            LIMIT $3
        ) told
        ORDER BY seen.log_id, told.position
        """;

    private const string Prune = "DELETE FROM erasure WHERE at < clock_timestamp() - $1";

    private readonly long[] _seen = [.. Enumerable.Repeat(-1L, logs)];
    private long _looked = time.GetTimestamp();

    /// <summary>Forgets what was erased since the last look.</summary>
    public Task RunAsync(CancellationToken cancellation = default) => StorageFault.AsUnavailableAsync(async () =>
    {
        // Who did not look for so long cannot know any more what was told meanwhile.
        var began = time.GetTimestamp();
        if (time.GetElapsedTime(_looked) > Kept / 2)
        {
            host.ForgetAll();
        }

        while (await LookAsync(cancellation) >= PageRows)
        {
            // There may be more.
        }

        _looked = began;
        return true;
    });

    /// <summary>Deletes what every silo has seen by now.</summary>
    public Task<int> PruneAsync(CancellationToken cancellation = default) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Prune);
        command.Parameters.Add(Parameter.Of(Kept));
        return await command.ExecuteNonQueryAsync(cancellation);
    });

    private async Task<int> LookAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Look);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(Enumerable.Range(1, logs).Select(log => (short)log).ToArray()), Parameter.Of(_seen.ToArray()), Parameter.Of((long)PageRows),
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var told = 0;
        for (; await rows.ReadAsync(cancellation); told++)
        {
            _seen[rows.GetInt16(0) - 1] = rows.GetInt64(1);
            host.Forget(rows.GetGuid(2));
        }

        return told;
    }
}
