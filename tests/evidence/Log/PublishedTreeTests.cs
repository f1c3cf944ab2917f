using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class PublishedTreeTests
{
    private static readonly NaiveTree Naive = new([.. PublishedTree.Leaves.Select(NaiveTree.LeafHash)]);

    [Fact]
    public void The_published_roots_come_out_at_every_size()
    {
        var frontier = new Frontier();
        for (var size = 0; size <= PublishedTree.Leaves.Length; size++)
        {
            Assert.Equal(PublishedTree.Roots[size], Naive.Root(size));
            Assert.Equal(PublishedTree.Roots[size], frontier.Root());
            if (size < PublishedTree.Leaves.Length)
            {
                frontier.Append(TreeHash.Leaf(PublishedTree.Leaves[size]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(PublishedTree.Inclusions), MemberType = typeof(PublishedTree))]
    public void The_published_inclusion_proofs_are_built_and_verified(int index, int size, string path)
    {
        var expected = Hex.Digests(path);
        Assert.Equal(expected, Naive.Inclusion(index, size));
        Assert.True(Proofs().TryInclusion(index, size, out var built, out _));
        Assert.Equal(expected, built);
        Assert.True(InclusionProof.Verify(Naive.Leaf(index), index, size, expected, PublishedTree.Roots[size]));
    }

    [Theory]
    [MemberData(nameof(PublishedTree.Consistencies), MemberType = typeof(PublishedTree))]
    public void The_published_consistency_proofs_are_built_and_verified(int first, int second, string path)
    {
        var expected = Hex.Digests(path);
        Assert.Equal(expected, Naive.Consistency(first, second));
        Assert.True(Proofs().TryConsistency(first, second, out var built, out _));
        Assert.Equal(expected, built);
        Assert.True(ConsistencyProof.Verify(
            first, PublishedTree.Roots[first], second, PublishedTree.Roots[second], expected));
    }

    private static TileProofs Proofs() => new(TiledTree.Of(Naive));
}
