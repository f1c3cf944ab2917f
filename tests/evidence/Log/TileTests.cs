using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class TileTests
{
    private const int Largest = 70_000;

    private static readonly NaiveTree Tree = NaiveTree.OfSize(Largest);
    private static readonly InMemoryTiles Tiles = TiledTree.Of(Tree);
    private static readonly int[] Sizes =
        [1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 65_792, 65_793, 69_999, Largest];

    [Fact]
    public void Proofs_across_tile_boundaries_verify_and_read_each_tile_once()
    {
        var random = new Random(6962);
        foreach (var size in Sizes)
        {
            int[] indices = [0, size / 2, size - 1, .. Enumerable.Range(0, 20).Select(_ => random.Next(size))];
            foreach (var index in indices)
            {
                var counted = new CountedTiles(Tiles);
                Assert.True(new TileProofs(counted).TryInclusion(index, size, out var path, out _));
                Assert.True(InclusionProof.Verify(Tree.Leaf(index), index, size, path, Tree.Root(size)));
                Assert.Equal(counted.Asked.Distinct(), counted.Asked);
                // At most the tile over the leaf and the last one of each of the three levels.
                Assert.InRange(counted.Asked.Count, 0, 6);
            }
        }
    }

    [Fact]
    public void Consistency_between_sizes_across_tile_boundaries_verifies()
    {
        foreach (var first in Sizes)
        {
            foreach (var second in Sizes.Where(size => size >= first))
            {
                var counted = new CountedTiles(Tiles);
                Assert.True(new TileProofs(counted).TryConsistency(first, second, out var path, out _));
                Assert.Equal(Tree.Consistency(first, second), path);
                Assert.True(ConsistencyProof.Verify(first, Tree.Root(first), second, Tree.Root(second), path));
                Assert.InRange(counted.Asked.Count, 0, 6);
            }
        }
    }

    [Fact]
    public void The_frontier_of_any_size_comes_out_of_the_tiles()
    {
        foreach (var size in Sizes.Prepend(0))
        {
            Assert.True(new TileProofs(Tiles).TryFrontier(size, out var frontier, out _));
            Assert.Equal((size, Tree.Root(size)), (frontier.Size, frontier.Root()));
        }
    }

    [Fact]
    public void Numbers_outside_the_tree_are_refused_with_a_sentence()
    {
        var proofs = new TileProofs(Tiles);
        Assert.False(proofs.TryInclusion(5, 5, out _, out var fault));
        Assert.Equal("There is no leaf 5 in a tree of size 5.", fault);
        Assert.False(proofs.TryInclusion(-1, 5, out _, out _));
        Assert.False(proofs.TryConsistency(0, 5, out _, out fault));
        Assert.Equal("A tree of size 5 has no consistency proof from size 0.", fault);
        Assert.False(proofs.TryConsistency(6, 5, out _, out _));
        Assert.False(proofs.TryFrontier(-1, out _, out fault));
        Assert.Equal("There is no tree of size -1.", fault);
    }

    [Fact]
    public void A_missing_tile_is_named()
    {
        var proofs = new TileProofs(new CountedTiles(Tiles, tile => tile is { Level: 0, Index: 3 }));
        Assert.False(proofs.TryInclusion(800, 1000, out _, out var fault));
        Assert.Equal("tile/0/003.p/232 is not there to be read.", fault);
        Assert.False(proofs.TryInclusion(0, Largest + 1000, out _, out _));
    }

    [Fact]
    public void A_partial_tile_that_is_gone_is_read_from_the_full_one()
    {
        var proofs = new TileProofs(new CountedTiles(Tiles, tile => tile.IsPartial));
        Assert.True(proofs.TryFrontier(65_536 - 1, out var frontier, out _));
        Assert.Equal(Tree.Root(65_536 - 1), frontier.Root());
    }

    [Fact]
    public void A_changed_tile_gives_a_proof_that_fails()
    {
        Assert.True(new TileProofs(new SpoiledTiles(Tiles)).TryInclusion(1, 1000, out var path, out _));
        Assert.False(InclusionProof.Verify(Tree.Leaf(1), 1, 1000, path, Tree.Root(1000)));
    }

    private sealed class SpoiledTiles(ITileSource tiles) : ITileSource
    {
        public bool TryRead(TileId tile, Span<byte> destination)
        {
            var there = tiles.TryRead(tile, destination);
            destination[0] ^= 1;
            return there;
        }
    }
}
