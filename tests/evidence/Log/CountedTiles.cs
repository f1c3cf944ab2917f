using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

/// <summary>Passes tiles through and notes which were asked for; can withhold some.</summary>
internal sealed class CountedTiles(ITileSource tiles, Predicate<TileId>? withheld = null) : ITileSource
{
    public List<TileId> Asked { get; } = [];

    public bool TryRead(TileId tile, Span<byte> destination)
    {
        Asked.Add(tile);
        return withheld?.Invoke(tile) != true && tiles.TryRead(tile, destination);
    }
}
