using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Lives;

namespace Gantral.Evidence.Tests.Log;

public class InclusionProofTests
{
    private const int Largest = 130;

    // Around each power of two something is different: those are tried in every run, and all in a full one.
    private static readonly int[] Sizes = [.. Enumerable.Range(1, Largest).Where(size => Scale.IsFull || size is <= 70 or > 125)];

    private static readonly NaiveTree Tree = NaiveTree.OfSize(Largest + 1);
    private static readonly TileProofs Proofs = new(TiledTree.Of(Tree));

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_nothing_near_it()
    {
        var random = new Random(9162);
        ForEachProof((index, size, path) =>
        {
            Assert.Equal(Tree.Inclusion(index, size), path);
            Assert.True(Verify(index, size, path));
            Assert.False(Verify(index, size, [.. path, TreeHash.Empty]));
            Assert.False(Verify(index, size, [TreeHash.Empty, .. path]));
            Assert.False(InclusionProof.Verify(Hex.Flip(Tree.Leaf(index), random.Next(256)), index, size, path, Tree.Root(size)));
            Assert.False(InclusionProof.Verify(Tree.Leaf(index), index, size, path, Hex.Flip(Tree.Root(size), random.Next(256))));
            for (var i = 0; i < path.Length; i++)
            {
                Assert.False(Verify(index, size, With(path, i, Hex.Flip(path[i], random.Next(256)))));
                Assert.False(Verify(index, size, [.. path[..i], .. path[(i + 1)..]]));
                if (i > 0)
                {
                    Assert.False(Verify(index, size, With(With(path, i, path[i - 1]), i - 1, path[i])));
                }
            }
        });
    }

    [Fact]
    public void A_leaf_is_not_proved_at_any_other_index_or_size()
    {
        ForEachProof((index, size, path) =>
        {
            for (var other = -1; other <= size; other++)
            {
                Assert.Equal(
                    other == index, InclusionProof.Verify(Tree.Leaf(index), other, size, path, Tree.Root(size)));
            }

            // Each size with its own root, as a checkpoint gives them.
            foreach (var other in new[] { size - 1, size + 1 })
            {
                Assert.False(InclusionProof.Verify(Tree.Leaf(index), index, other, path, Tree.Root(other)));
            }
        });
    }

    [Fact]
    public void With_the_root_kept_another_size_is_refused_unless_the_path_has_the_same_shape_there()
    {
        // A path tells left from right only through index and size, so sizes of one shape cannot be told apart:
        // why root and size must come from one checkpoint.
        for (var size = 1; size <= 40; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = Tree.Inclusion(index, size);
                for (var other = index + 1; other <= 40; other++)
                {
                    Assert.Equal(
                        NaiveTree.Sides(index, size) == NaiveTree.Sides(index, other),
                        InclusionProof.Verify(Tree.Leaf(index), index, other, path, Tree.Root(size)));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 11)]
    [InlineData(6, 11)]
    [InlineData(10, 11)]
    [InlineData(100, 130)]
    [InlineData(129, 130)]
    public void Any_flipped_bit_of_a_path_is_refused(int index, int size)
    {
        var path = Tree.Inclusion(index, size);
        for (var i = 0; i < path.Length; i++)
        {
            for (var bit = 0; bit < 256; bit++)
            {
                Assert.False(Verify(index, size, With(path, i, Hex.Flip(path[i], bit))));
            }
        }
    }

    [Fact]
    public void Extreme_numbers_are_refused_without_overflow()
    {
        Assert.False(InclusionProof.Verify(default, 0, 0, [], default));
        Assert.False(InclusionProof.Verify(default, -1, 1, [], default));
        Assert.False(InclusionProof.Verify(default, 0, long.MinValue, [], default));
        Assert.False(InclusionProof.Verify(default, long.MaxValue, long.MaxValue, [], default));
        Assert.False(InclusionProof.Verify(default, long.MaxValue - 1, long.MaxValue, new Digest[62], default));
        Assert.False(InclusionProof.Verify(default, 0, long.MaxValue, new Digest[1000], default));
    }

    private static bool Verify(int index, int size, Digest[] path) =>
        InclusionProof.Verify(Tree.Leaf(index), index, size, path, Tree.Root(size));

    private static Digest[] With(Digest[] path, int place, Digest hash) =>
        [.. path[..place], hash, .. path[(place + 1)..]];

    private static void ForEachProof(Action<int, int, Digest[]> check)
    {
        foreach (var size in Sizes)
        {
            for (var index = 0; index < size; index++)
            {
                Assert.True(Proofs.TryInclusion(index, size, out var path, out _));
                check(index, size, path);
            }
        }
    }
}
