using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>
/// The right edge of a growing Merkle tree: the roots of its perfect subtrees, one per set bit of the size. It is all
/// that is needed to append and to know the root, however long the log is. Not for concurrent use.
/// </summary>
public sealed class Frontier
{
    // One subtree root per height; the height is in use when its bit of the size is set. A long has 63 such bits.
    private readonly Digest[] _subtrees = new Digest[63];

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, left to right, so the largest first.</summary>
    public IReadOnlyList<Digest> Hashes
    {
        get
        {
            var hashes = new Digest[BitOperations.PopCount((ulong)Size)];
            var next = hashes.Length;
            for (var rest = Size; rest != 0; rest &= rest - 1)
            {
                hashes[--next] = _subtrees[BitOperations.TrailingZeroCount(rest)];
            }

            return hashes;
        }
    }

    /// <summary>Takes a frontier back from its size and hashes; refuses a size that has another number of hashes.</summary>
    public static bool TryRestore(
        long size, ReadOnlySpan<Digest> hashes, [NotNullWhen(true)] out Frontier? frontier)
    {
        frontier = null;
        if (size < 0 || hashes.Length != BitOperations.PopCount((ulong)size))
        {
            return false;
        }

        frontier = new Frontier { Size = size };
        var next = hashes.Length;
        for (var rest = size; rest != 0; rest &= rest - 1)
        {
            frontier._subtrees[BitOperations.TrailingZeroCount(rest)] = hashes[--next];
        }

        return true;
    }

    /// <summary>Adds the hash of the next leaf.</summary>
    public void Append(Digest leaf)
    {
        Span<Digest> completed = stackalloc Digest[TileId.Levels];
        Append(leaf, completed);
    }

    /// <summary>The root of the tree at this size.</summary>
    public Digest Root()
    {
        if (Size == 0)
        {
            return TreeHash.Empty;
        }

        var rest = Size;
        var root = _subtrees[BitOperations.TrailingZeroCount(rest)];
        while ((rest &= rest - 1) != 0)
        {
            root = TreeHash.Node(_subtrees[BitOperations.TrailingZeroCount(rest)], root);
        }

        return root;
    }

    /// <summary>A frontier of its own with the same leaves.</summary>
    public Frontier Clone()
    {
        var clone = new Frontier { Size = Size };
        _subtrees.CopyTo(clone._subtrees, 0);
        return clone;
    }

    /// <summary>
    /// Adds a leaf and hands over the root of every tile this completed, lowest level first; returns how many. The
    /// tile builder takes them from here so that no node is hashed twice.
    /// </summary>
    internal int Append(Digest leaf, Span<Digest> completedTiles)
    {
        var grown = checked(Size + 1);
        var completed = 0;
        var height = 0;
        var hash = leaf;
        for (; ((Size >> height) & 1) == 1; height++)
        {
            hash = TreeHash.Node(_subtrees[height], hash);
            if ((height + 1) % TileId.Height == 0)
            {
                completedTiles[completed++] = hash;
            }
        }

        _subtrees[height] = hash;
        Size = grown;
        return completed;
    }
}
