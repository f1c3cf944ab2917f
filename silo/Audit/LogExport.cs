using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>
/// Writes a log, or a part of it, as one bundle. It reads page by page, each in a transaction of its own, so that an
/// export of any length, to whoever reads however slowly, holds nothing back. All that proves the entries stands before
/// them and covers what was there before the export began: one that broke off can go on at the position that it reached.
/// </summary>
public sealed class LogExport(NpgsqlDataSource source)
{
    // Paths are made for so many entries at a time; they share tiles.
    private const int ProofsAtOnce = 1000;

    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    private readonly LogCheckpoints _checkpoints = new(source);
    private readonly LogTiles _tiles = new(source);
    private readonly LogPages _pages = new(source);
    private readonly EntryReads _entries = new(source);

    /// <summary>Writes the whole of a log and answers how many entries it has; <paramref name="progress"/> hears how many are written.</summary>
    public async Task<long> WriteAsync(int logId, Stream destination, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var size = (await _checkpoints.NewestAsync(logId, cancellation)).Checkpoint.Size;
        await WriteAsync(new LogPart(logId, 0, size), destination, progress, cancellation);
        return size;
    }

    /// <summary>Writes a part of a log; <paramref name="progress"/> hears up to which position it is written.</summary>
    public async Task WriteAsync(LogPart part, Stream destination, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var shown = new ShownEntries(part);
        await shown.FindAsync(_pages, _entries, cancellation);
        if (part.Resume is null)
        {
            await WriteBeginningAsync(part, shown, destination, cancellation);
        }

        for (var position = part.Resume ?? part.From; position < part.To;)
        {
            var next = Math.Min(position + LogPages.PageEntries, part.To);
            await WritePageAsync(part, shown, position, next, destination, cancellation);
            position = next;
            progress?.Invoke(position);
        }
    }

    private async Task WriteBeginningAsync(LogPart part, ShownEntries shown, Stream destination, CancellationToken cancellation)
    {
        var (note, checkpoint) = await _checkpoints.CoveringAsync(part.LogId, part.To, cancellation)
            ?? throw new InvalidOperationException($"Log {part.LogId} has no head of {part.To} entries.");
        var isWhole = part.From == 0 && part.To == checkpoint.Size;
        var isElsewhere = part.LogId != PostgresLedger.GoverningLog && !shown.Carried.IsEmpty;

        // Read after what it has to cover.
        var elsewhere = isElsewhere ? await _checkpoints.NewestAsync(PostgresLedger.GoverningLog, cancellation) : null;
        var counts = new SortedDictionary<LineKind, long>
        {
            [LineKind.Entry] = shown.Shown + shown.Carried.Length,
            [LineKind.Leaf] = part.To - part.From - shown.Shown,
            [LineKind.Proof] = shown.Carried.Length,
            [LineKind.Checkpoint] = isElsewhere ? 2 : 1,
            [LineKind.Consistency] = part.To < checkpoint.Size ? 1 : 0,
            [LineKind.Frontier] = part.From > 0 ? 1 : 0,
            [LineKind.Payload] = shown.Payloads,
        };
        var header = new BundleHeader
        {
            Origin = checkpoint.Origin,
            Scope = isWhole ? BundleScope.Log : BundleScope.Range,
            From = isWhole ? null : part.From,
            To = part.To,
            Counts = counts.Where(count => count.Value > 0).ToImmutableSortedDictionary(),
        };
        await WriteLineAsync(destination, header.ToLine(), cancellation);
        await WriteLineAsync(destination, BundleLines.Checkpoint(note.Span), cancellation);
        if (elsewhere is not null)
        {
            await WriteLineAsync(destination, BundleLines.Checkpoint(elsewhere.Note.Span), cancellation);
        }

        if (part.To < checkpoint.Size)
        {
            await WriteLineAsync(destination, BundleLines.Consistency(part.To, checkpoint.Size, await _tiles.ConsistencyAsync(part.LogId, part.To, checkpoint.Size, cancellation)), cancellation);
        }

        if (part.From > 0)
        {
            await WriteLineAsync(destination, BundleLines.Frontier(part.From, await _tiles.FrontierAsync(part.LogId, part.From, cancellation)), cancellation);
        }

        await WriteCarriedAsync(shown.Carried, elsewhere?.Checkpoint ?? checkpoint, isElsewhere, destination, cancellation);
    }

    private async Task WriteCarriedAsync(ImmutableArray<(long Position, CanonicalBytes Entry)> carried, Checkpoint head, bool isElsewhere, Stream destination, CancellationToken cancellation)
    {
        var origin = isElsewhere ? head.Origin : null;
        foreach (var some in carried.Chunk(ProofsAtOnce))
        {
            var paths = await _tiles.InclusionAsync(PostgresLedger.GoverningLog, [.. some.Select(entry => entry.Position)], head.Size, cancellation);
            foreach (var ((position, entry), path) in some.Zip(paths))
            {
                await WriteLineAsync(destination, BundleLines.Entry(position, entry, origin), cancellation);
                await WriteLineAsync(destination, BundleLines.Proof(position, head.Size, path, origin), cancellation);
            }
        }
    }

    private async Task WritePageAsync(LogPart part, ShownEntries shown, long from, long to, Stream destination, CancellationToken cancellation)
    {
        var page = await _pages.EntriesAsync(part.LogId, from, to, cancellation);
        var looks = page.Select((entry, place) => shown.Of(from + place, entry)).ToList();
        var withPayload = looks.Index().Where(look => look.Item.Payload).Select(look => from + look.Index).ToList();
        await using var payloads = _pages.PayloadsAsync(part.LogId, withPayload, cancellation).GetAsyncEnumerator(cancellation);
        var hasPayload = withPayload.Count > 0 && await payloads.MoveNextAsync();
        foreach (var (place, entry) in page.Index())
        {
            var position = from + place;
            await WriteLineAsync(destination, looks[place].Entry ? BundleLines.Entry(position, entry) : BundleLines.Leaf(position, TreeHash.Leaf(entry.Span)), cancellation);
            if (hasPayload && payloads.Current.Position == position)
            {
                await WriteLineAsync(destination, BundleLines.Payload(position, payloads.Current.Payload.Fields, payloads.Current.Payload.Erased), cancellation);
                hasPayload = await payloads.MoveNextAsync();
            }
        }
    }

    private static async ValueTask WriteLineAsync(Stream destination, byte[] line, CancellationToken cancellation)
    {
        await destination.WriteAsync(line, cancellation);
        await destination.WriteAsync(EndOfLine, cancellation);
    }
}
