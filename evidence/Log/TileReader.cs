using System.Numerics;
using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>The hashes of a tree of one size out of its tiles; every tile is read at most once.</summary>
internal sealed class TileReader(ITileSource source, long size)
{
    private readonly Dictionary<TileId, Digest[]> _read = [];

    /// <summary>The tile that was needed and not there.</summary>
    public TileId Missing { get; private set; }

    /// <summary>The root over <c>[start, end)</c>, which begins on a multiple of a power of two not below its length.</summary>
    public bool TryRange(long start, long end, out Digest root)
    {
        root = default;
        var position = end;
        for (var rest = end - start; rest != 0; rest &= rest - 1)
        {
            var height = BitOperations.TrailingZeroCount(rest);
            position -= 1L << height;
            if (!TrySubtree(height, position >> height, out var left))
            {
                return false;
            }

            root = rest == end - start ? left : TreeHash.Node(left, root);
        }

        return true;
    }

    /// <summary>The root of the perfect subtree of this height, counted from the left.</summary>
    public bool TrySubtree(int height, long index, out Digest root)
    {
        root = default;
        var inTile = height % TileId.Height;
        var first = index << inTile;
        if (!TryTile(height / TileId.Height, first / TileId.FullWidth, out var hashes))
        {
            return false;
        }

        Span<Digest> run = stackalloc Digest[1 << inTile];
        hashes.AsSpan((int)(first % TileId.FullWidth), run.Length).CopyTo(run);
        root = TreeHash.Fold(run);
        return true;
    }

    /// <summary>The hashes of the tile as it is in a tree of this size.</summary>
    public bool TryTile(int level, long index, out Digest[] hashes)
    {
        var tile = TileId.At(level, index, size);
        if (_read.TryGetValue(tile, out hashes!) || TryRead(tile, out hashes))
        {
            return true;
        }

        // A log may drop a partial tile once the full one is there; the partial is then its beginning.
        if (tile.IsPartial && TryRead(tile.Full, out var full))
        {
            hashes = full[..tile.Width];
            _read[tile] = hashes;
            return true;
        }

        Missing = tile;
        return false;
    }

    private bool TryRead(TileId tile, out Digest[] hashes)
    {
        hashes = new Digest[tile.Width];
        if (!source.TryRead(tile, MemoryMarshal.AsBytes(hashes.AsSpan())))
        {
            return false;
        }

        _read[tile] = hashes;
        return true;
    }
}
