using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Lives;

namespace Gantral.Evidence.Tests.Log;

public class ConsistencyProofTests
{
    private const int Largest = 130;

    // Around each power of two something is different: those are tried in every run, and all in a full one.
    private static readonly int[] Sizes = [.. Enumerable.Range(1, Largest).Where(size => Scale.IsFull || size is <= 70 or > 125)];

    private static readonly NaiveTree Tree = NaiveTree.OfSize(Largest + 1);
    private static readonly TileProofs Proofs = new(TiledTree.Of(Tree));

    [Fact]
    public void Every_pair_of_sizes_is_proved_and_nothing_near_it()
    {
        var random = new Random(9162);
        ForEachProof((first, second, path) =>
        {
            Assert.Equal(Tree.Consistency(first, second), path);
            Assert.True(Verify(first, second, path));
            Assert.False(Verify(first, second, [.. path, TreeHash.Empty]));
            Assert.False(Verify(first, second, [TreeHash.Empty, .. path]));
            var (firstRoot, secondRoot) = (Tree.Root(first), Tree.Root(second));
            Assert.False(ConsistencyProof.Verify(first, Hex.Flip(firstRoot, random.Next(256)), second, secondRoot, path));
            Assert.False(ConsistencyProof.Verify(first, firstRoot, second, Hex.Flip(secondRoot, random.Next(256)), path));
            for (var i = 0; i < path.Length; i++)
            {
                Assert.False(Verify(first, second, With(path, i, Hex.Flip(path[i], random.Next(256)))));
                Assert.False(Verify(first, second, [.. path[..i], .. path[(i + 1)..]]));
                if (i > 0)
                {
                    Assert.False(Verify(first, second, With(With(path, i, path[i - 1]), i - 1, path[i])));
                }
            }
        });
    }

    [Fact]
    public void A_path_proves_no_other_pair_of_sizes()
    {
        ForEachProof((first, second, path) =>
        {
            foreach (var by in new[] { -2, -1, 1, 2 })
            {
                Assert.False(first + by is > 0 and <= Largest + 1 && Verify(first + by, second, path));
                Assert.False(second + by is > 0 and <= Largest + 1 && first < second && Verify(first, second + by, path));
            }
        });
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(4, 7)]
    [InlineData(6, 8)]
    [InlineData(101, 130)]
    [InlineData(128, 129)]
    public void Any_flipped_bit_of_a_path_is_refused(int first, int second)
    {
        var path = Tree.Consistency(first, second);
        for (var i = 0; i < path.Length; i++)
        {
            for (var bit = 0; bit < 256; bit++)
            {
                Assert.False(Verify(first, second, With(path, i, Hex.Flip(path[i], bit))));
            }
        }
    }

    [Fact]
    public void Trees_of_one_size_are_consistent_when_their_roots_are_equal_and_the_path_is_empty()
    {
        Assert.True(Verify(5, 5, []));
        Assert.False(Verify(5, 5, [Tree.Root(5)]));
        Assert.False(ConsistencyProof.Verify(5, Tree.Root(5), 5, Tree.Root(4), []));
    }

    [Fact]
    public void Extreme_numbers_are_refused_without_overflow()
    {
        Assert.False(ConsistencyProof.Verify(0, TreeHash.Empty, 0, TreeHash.Empty, []));
        Assert.False(ConsistencyProof.Verify(0, TreeHash.Empty, 5, Tree.Root(5), []));
        Assert.False(ConsistencyProof.Verify(6, Tree.Root(6), 5, Tree.Root(5), []));
        Assert.False(ConsistencyProof.Verify(-1, default, 5, default, []));
        Assert.False(ConsistencyProof.Verify(long.MinValue, default, long.MaxValue, default, []));
        Assert.False(ConsistencyProof.Verify(3, default, long.MaxValue, default, []));
        Assert.False(ConsistencyProof.Verify(long.MaxValue - 1, default, long.MaxValue, default, new Digest[100]));
        Assert.False(ConsistencyProof.Verify(1L << 62, default, long.MaxValue, default, new Digest[62]));
    }

    private static bool Verify(int first, int second, Digest[] path) =>
        ConsistencyProof.Verify(first, Tree.Root(first), second, Tree.Root(second), path);

    private static Digest[] With(Digest[] path, int place, Digest hash) =>
        [.. path[..place], hash, .. path[(place + 1)..]];

    private static void ForEachProof(Action<int, int, Digest[]> check)
    {
        foreach (var second in Sizes)
        {
            for (var first = 1; first <= second; first++)
            {
                Assert.True(Proofs.TryConsistency(first, second, out var path, out _));
                check(first, second, path);
            }
        }
    }
}
