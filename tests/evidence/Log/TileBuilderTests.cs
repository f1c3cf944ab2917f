using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class TileBuilderTests
{
    [Fact]
    public void Each_tile_is_handed_over_when_it_fills_and_holds_the_hashes_the_definition_names()
    {
        var tree = NaiveTree.OfSize(66_000);
        var taken = new Taken();
        var builder = new TileBuilder();
        for (var i = 0; i < tree.Size; i++)
        {
            builder.Append(tree.Leaf(i), taken);
        }

        Assert.Equal(TileId.AllAt(tree.Size).Where(tile => !tile.IsPartial).ToHashSet(), taken.Tiles.Keys.ToHashSet());
        builder.WritePartials(taken);
        Assert.Equal(TileId.AllAt(tree.Size).ToHashSet(), taken.Tiles.Keys.ToHashSet());
        Assert.Equal(tree.Leaf((100 * 256) + 7), taken.Tiles[new TileId(0, 100)][7]);
        Assert.Equal(tree.Root(256), taken.Tiles[new TileId(1, 0)][0]);
        Assert.Equal(tree.Root(65_536), taken.Tiles[new TileId(2, 0, 1)][0]);
        Assert.Equal((tree.Size, tree.Root(tree.Size)), (builder.Size, builder.Root()));
    }

    [Fact]
    public void A_builder_restored_at_every_size_goes_on_to_the_same_tiles()
    {
        var tree = NaiveTree.OfSize(600);
        var whole = TiledTree.Of(tree);
        var tiles = new InMemoryTiles();
        var builder = new TileBuilder();
        for (var i = 0; i < tree.Size; i++)
        {
            builder.Append(tree.Leaf(i), tiles);
            builder.WritePartials(tiles);
            Assert.True(TileBuilder.TryRestore(builder.Frontier(), tiles, out var restored, out _));
            Assert.Equal(tree.Root(i + 1), restored.Root());
            builder = restored;
        }

        foreach (var tile in TileId.AllAt(tree.Size))
        {
            Assert.Equal(Read(whole, tile), Read(tiles, tile));
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public void A_restored_builder_crosses_into_the_next_tiles(int size)
    {
        var tree = NaiveTree.OfSize(66_600);
        var tiles = TiledTree.Of(tree);
        Assert.True(TileBuilder.TryRestore(size, tiles, out var builder, out _));
        for (var i = size; i < tree.Size; i++)
        {
            builder.Append(tree.Leaf(i), tiles);
        }

        Assert.Equal(tree.Root(tree.Size), builder.Root());
    }

    [Fact]
    public void A_missing_or_foreign_tile_is_refused_on_restoring()
    {
        var tiles = TiledTree.Of(NaiveTree.OfSize(300));
        Assert.False(TileBuilder.TryRestore(301, tiles, out _, out var fault));
        Assert.Equal("tile/0/001.p/45 is not there to be read.", fault);
        Assert.False(TileBuilder.TryRestore(-1, tiles, out _, out _));
        var other = new Frontier();
        for (var i = 0; i < 300; i++)
        {
            other.Append(TreeHash.Empty);
        }

        Assert.False(TileBuilder.TryRestore(other, tiles, out _, out fault));
        Assert.Equal("The tiles at size 300 do not hash to the frontier.", fault);
    }

    [Fact]
    public void A_clone_can_be_given_up_without_a_trace()
    {
        var tree = NaiveTree.OfSize(700);
        var (kept, abandoned) = (new InMemoryTiles(), new InMemoryTiles());
        var builder = new TileBuilder();
        for (var i = 0; i < tree.Size; i++)
        {
            if (i % 50 == 0)
            {
                var clone = builder.Clone();
                for (var j = 0; j < 300; j++)
                {
                    clone.Append(TreeHash.Empty, abandoned);
                }
            }

            builder.Append(tree.Leaf(i), kept);
        }

        builder.WritePartials(kept);
        var whole = TiledTree.Of(tree);
        Assert.All(TileId.AllAt(700), tile => Assert.Equal(Read(whole, tile), Read(kept, tile)));
    }

    [Fact]
    public void Memory_tiles_take_no_tile_of_another_length() =>
        Assert.Throws<ArgumentException>(() => new InMemoryTiles().Take(new TileId(0, 0), new byte[32]));

    private static byte[] Read(InMemoryTiles tiles, TileId tile)
    {
        var bytes = new byte[tile.Width * Digest.Size];
        Assert.True(tiles.TryRead(tile, bytes));
        return bytes;
    }

    private sealed class Taken : ITileSink
    {
        public Dictionary<TileId, Digest[]> Tiles { get; } = [];

        public void Take(TileId tile, ReadOnlySpan<byte> hashes) =>
            Tiles.Add(tile, MemoryMarshal.Cast<byte, Digest>(hashes).ToArray());
    }
}
