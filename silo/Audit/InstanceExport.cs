using System.Collections.Immutable;
using Gantral.Evidence.Bundles;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Audit;

/// <summary>
/// Makes the bundle of one instance: its entries, those of what governed it, a proof for each, and the heads under which
/// they are proven. Whoever has it and the public keys needs nothing else.
/// </summary>
public sealed class InstanceExport(EntryReads entries, LogCheckpoints checkpoints, LogTiles tiles)
{
    /// <summary>The lines of the bundle, each without its end; none when there is no such instance.</summary>
    public async Task<IReadOnlyList<byte[]>> LinesAsync(Guid instanceId, bool payloads, CancellationToken cancellation = default)
    {
        var own = await entries.OfInstanceAsync(instanceId, 0);
        if (own.IsEmpty)
        {
            return [];
        }

        var governing = await GoverningAsync(own);
        var home = InstanceIds.LogOf(instanceId);
        var byLog = home == PostgresLedger.GoverningLog
            ? ImmutableSortedDictionary<int, ImmutableArray<PlacedEntry>>.Empty.Add(home, [.. own, .. governing])
            : ImmutableSortedDictionary<int, ImmutableArray<PlacedEntry>>.Empty.Add(home, own).Add(PostgresLedger.GoverningLog, governing);

        // Read after the entries, so that they are covered.
        var heads = new Dictionary<int, SignedHead>();
        foreach (var (log, placed) in byLog)
        {
            heads[log] = await checkpoints.BestAsync(log, placed.Select(entry => entry.Position + 1).DefaultIfEmpty(1).Max(), cancellation);
        }

        var lines = new List<(LineKind Kind, byte[] Line)>();
        foreach (var (log, placed) in byLog)
        {
            var origin = log == home ? null : heads[log].Checkpoint.Origin;
            lines.AddRange(await ProvenAsync(log, placed, heads[log].Checkpoint.Size, origin, payloads ? TeamOf(own[0]) : null, cancellation));
            lines.Add((LineKind.Checkpoint, BundleLines.Checkpoint(heads[log].Note.Span)));
        }

        var header = new BundleHeader
        {
            Origin = heads[home].Checkpoint.Origin,
            Scope = BundleScope.Instance,
            InstanceId = instanceId.ToString("D"),
            Counts = lines.CountBy(line => line.Kind).ToImmutableSortedDictionary(count => count.Key, count => (long)count.Value),
        };
        return [header.ToLine(), .. lines.Select(line => line.Line)];
    }

    private async Task<IEnumerable<(LineKind Kind, byte[] Line)>> ProvenAsync(
        int log, ImmutableArray<PlacedEntry> placed, long size, string? origin, string? payloadsOf, CancellationToken cancellation)
    {
        var lines = new List<(LineKind, byte[])>();
        var paths = await tiles.InclusionAsync(log, [.. placed.Select(entry => entry.Position)], size, cancellation);
        foreach (var (entry, path) in placed.Zip(paths))
        {
            lines.Add((LineKind.Entry, BundleLines.Entry(entry.Position, entry.Sealed.Bytes, origin)));
            // What governs may be another team's, and its content is theirs to show.
            if (payloadsOf is not null && TeamOf(entry) == payloadsOf && (!entry.Sealed.Payload.IsEmpty || !entry.Erased.IsEmpty))
            {
                lines.Add((LineKind.Payload, BundleLines.Payload(entry.Position, entry.Sealed.Payload, entry.Erased, origin)));
            }

            lines.Add((LineKind.Proof, BundleLines.Proof(entry.Position, size, path, origin)));
        }

        return lines;
    }

    // What the instance names, and no more: a bundle that shows anything else would be refused as mixed.
    private Task<ImmutableArray<PlacedEntry>> GoverningAsync(ImmutableArray<PlacedEntry> own)
    {
        var named = new GoverningSubjects();
        foreach (var entry in own)
        {
            named.Take(entry.Sealed.Entry);
        }

        return named.ReadAsync(entries);
    }

    private static string? TeamOf(PlacedEntry entry) => entry.Sealed.Entry.Binding?.OwningTeamId ?? entry.Sealed.Entry.OwningTeamId;
}
