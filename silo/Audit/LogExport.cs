using System.Collections.Immutable;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Json;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>
/// Writes a whole log as one bundle. It reads page by page, each in a transaction of its own, so that an export of any
/// length, to whoever reads however slowly, holds nothing back: what it writes was complete under the checkpoint it
/// ends with before it began.
/// </summary>
public sealed class LogExport(NpgsqlDataSource source)
{
    private const string Page = "SELECT bytes FROM entry WHERE log_id = $1 AND position >= $2 AND position < $3 ORDER BY position";

    private const int PageEntries = 250;

    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    /// <summary>Writes the log and answers how many entries it has; <paramref name="progress"/> hears how many are written.</summary>
    public async Task<long> WriteAsync(int logId, Stream destination, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var (note, checkpoint) = await new LogCheckpoints(source).NewestAsync(logId, cancellation);
        var header = new BundleHeader
        {
            Origin = checkpoint.Origin,
            Scope = BundleScope.Log,
            To = checkpoint.Size,
            Counts = ImmutableSortedDictionary<LineKind, long>.Empty.Add(LineKind.Entry, checkpoint.Size).Add(LineKind.Checkpoint, 1),
        };
        await WriteLineAsync(destination, header.ToLine(), cancellation);
        for (var position = 0L; position < checkpoint.Size;)
        {
            foreach (var entry in await PageAsync((short)logId, position, Math.Min(position + PageEntries, checkpoint.Size), cancellation))
            {
                await WriteLineAsync(destination, BundleLines.Entry(position++, CanonicalJson.FromStorage(entry)), cancellation);
            }

            progress?.Invoke(position);
        }

        await WriteLineAsync(destination, BundleLines.Checkpoint(note.Span), cancellation);
        return checkpoint.Size;
    }

    // Whole, before any of it is written: nobody who reads slowly keeps the database waiting.
    private Task<List<byte[]>> PageAsync(short logId, long from, long to, CancellationToken cancellation) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Page);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(logId), Parameter.Of(from), Parameter.Of(to) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<byte[]>();
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(rows.GetFieldValue<byte[]>(0));
        }

        return page.Count == to - from ? page : throw new InvalidDataException($"The log lacks entries from position {from} on, although its checkpoint covers them.");
    });

    private static async ValueTask WriteLineAsync(Stream destination, byte[] line, CancellationToken cancellation)
    {
        await destination.WriteAsync(line, cancellation);
        await destination.WriteAsync(EndOfLine, cancellation);
    }
}
