using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>The tiles of a small log, kept in memory. The widest tile of a place answers for every narrower one.</summary>
public sealed class InMemoryTiles : ITileSource, ITileSink
{
    private readonly Dictionary<TileId, byte[]> _tiles = [];

    /// <inheritdoc/>
    public void Take(TileId tile, ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length != tile.Width * Digest.Size)
        {
            throw new ArgumentException($"{tile} is not {hashes.Length} bytes long.", nameof(hashes));
        }

        if (!_tiles.TryGetValue(tile.Full, out var held) || held.Length < hashes.Length)
        {
            _tiles[tile.Full] = hashes.ToArray();
        }
    }

    /// <inheritdoc/>
    public bool TryRead(TileId tile, Span<byte> destination)
    {
        if (!_tiles.TryGetValue(tile.Full, out var held) || held.Length < destination.Length)
        {
            return false;
        }

        held.AsSpan(0, destination.Length).CopyTo(destination);
        return true;
    }
}
