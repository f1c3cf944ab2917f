using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

internal static class TiledTree
{
    /// <summary>The tiles of the whole tree, full and partial.</summary>
    public static InMemoryTiles Of(NaiveTree tree)
    {
        var tiles = new InMemoryTiles();
        var builder = new TileBuilder();
        for (var i = 0; i < tree.Size; i++)
        {
            builder.Append(tree.Leaf(i), tiles);
        }

        builder.WritePartials(tiles);
        return tiles;
    }
}
