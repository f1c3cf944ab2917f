using System.Numerics;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class FrontierTests
{
    [Fact]
    public void The_root_is_the_naive_root_and_survives_restoring_at_every_size()
    {
        var tree = NaiveTree.OfSize(300);
        var restored = new Frontier();
        for (var size = 0; size <= tree.Size; size++)
        {
            Assert.Equal(size, restored.Size);
            Assert.Equal(tree.Root(size), restored.Root());
            Assert.Equal(BitOperations.PopCount((uint)size), restored.Hashes.Count);
            Assert.True(Frontier.TryRestore(size, [.. restored.Hashes], out var next));
            if (size < tree.Size)
            {
                next.Append(tree.Leaf(size));
            }

            restored = next;
        }
    }

    [Fact]
    public void The_hashes_are_the_perfect_subtrees_with_the_largest_first()
    {
        var tree = NaiveTree.OfSize(7);
        var frontier = new Frontier();
        for (var i = 0; i < 7; i++)
        {
            frontier.Append(tree.Leaf(i));
        }

        Digest[] expected = [tree.Root(4), TreeHash.Node(tree.Leaf(4), tree.Leaf(5)), tree.Leaf(6)];
        Assert.Equal(expected, frontier.Hashes);
    }

    [Fact]
    public void A_size_with_another_number_of_hashes_is_refused()
    {
        var hashes = new Digest[4];
        Assert.False(Frontier.TryRestore(7, hashes, out _));
        Assert.False(Frontier.TryRestore(7, hashes.AsSpan(0, 2), out _));
        Assert.False(Frontier.TryRestore(0, hashes.AsSpan(0, 1), out _));
        Assert.False(Frontier.TryRestore(-1, new Digest[64], out _));
        Assert.True(Frontier.TryRestore(0, [], out _));
        Assert.True(Frontier.TryRestore(long.MaxValue, new Digest[63], out _));
    }

    [Fact]
    public void A_clone_grows_on_its_own()
    {
        var frontier = new Frontier();
        frontier.Append(TreeHash.Leaf("a"u8));
        var clone = frontier.Clone();
        var root = frontier.Root();
        clone.Append(TreeHash.Leaf("b"u8));
        Assert.Equal((1, root), (frontier.Size, frontier.Root()));
        Assert.Equal(2, clone.Size);
    }

    [Fact]
    public void Appending_to_the_largest_tree_there_can_be_throws_and_leaves_it_as_it_was()
    {
        Assert.True(Frontier.TryRestore(long.MaxValue, new Digest[63], out var frontier));
        var root = frontier.Root();
        Assert.Throws<OverflowException>(() => frontier.Append(TreeHash.Empty));
        Assert.Equal(root, frontier.Root());
    }
}
