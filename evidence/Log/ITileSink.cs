namespace Gantral.Evidence.Log;

/// <summary>Takes the tiles of a growing log.</summary>
public interface ITileSink
{
    /// <summary>Takes one tile; the hashes are only lent for the length of the call.</summary>
    void Take(TileId tile, ReadOnlySpan<byte> hashes);
}
