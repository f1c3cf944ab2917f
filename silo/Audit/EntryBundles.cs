using System.Buffers.Binary;
using Gantral.Evidence.Log;
using Gantral.Silo.Gateway.Audit;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>The entries of a log as C2SP tlog-tiles bundles them: those under one tile of leaves, each behind its length.</summary>
public sealed class EntryBundles(NpgsqlDataSource source)
{
    private readonly LogPages _pages = new(source);

    /// <summary>The bundle beside a tile of leaves, or none when a log of this size has no such tile.</summary>
    public async Task<byte[]?> ReadAsync(int logId, TileId tile, long size, CancellationToken cancellation = default)
    {
        if (tile.Level != 0 || tile.Index > size / TileId.FullWidth || (tile.Index * TileId.FullWidth) + tile.Width > size)
        {
            return null;
        }

        var first = tile.Index * TileId.FullWidth;
        var entries = await _pages.EntriesAsync(logId, first, first + tile.Width, cancellation);
        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Span.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            if (entry.Span.Length > ushort.MaxValue)
            {
                // The format has no way to say it.
                throw new BundleTooLargeException();
            }

            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), (ushort)entry.Span.Length);
            entry.Span.CopyTo(bundle.AsSpan(at + sizeof(ushort)));
            at += sizeof(ushort) + entry.Span.Length;
        }

        return bundle;
    }
}
