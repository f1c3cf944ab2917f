namespace Gantral.Evidence.Log;

/// <summary>Where the tiles of a log can be read from.</summary>
public interface ITileSource
{
    /// <summary>
    /// Fills <paramref name="destination"/>, which is exactly 32 bytes times the width of the tile, with its hashes.
    /// False when there is no such tile; a partial tile may be gone once its full tile is there.
    /// </summary>
    bool TryRead(TileId tile, Span<byte> destination);
}
