using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class TreeHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(3_000_000)]
    public void A_leaf_of_any_length_is_hashed_behind_a_zero_byte(int length)
    {
        var leaf = new byte[length];
        new Random(length).NextBytes(leaf);
        Assert.Equal(new Digest(SHA256.HashData([0, .. leaf])), TreeHash.Leaf(leaf));
    }

    [Fact]
    public void A_node_is_hashed_behind_a_one_byte_in_order()
    {
        var (left, right) = (TreeHash.Leaf("left"u8), TreeHash.Leaf("right"u8));
        Assert.Equal(
            new Digest(SHA256.HashData([1, .. left.ToArray(), .. right.ToArray()])), TreeHash.Node(left, right));
        Assert.NotEqual(TreeHash.Node(right, left), TreeHash.Node(left, right));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var leaf = new byte[4000];
        var digest = TreeHash.Node(TreeHash.Leaf(leaf), TreeHash.Empty);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            digest = TreeHash.Node(TreeHash.Leaf(leaf), digest);
        }

        // A little room for what the runtime itself does when it swaps in faster code; a hundred hashes would be more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        Assert.NotEqual(TreeHash.Empty, digest);
    }
}
