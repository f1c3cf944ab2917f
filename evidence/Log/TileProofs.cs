using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>
/// Builds proofs from the tiles of a log and reads only the tiles a proof needs. The tiles are not trusted: a proof
/// is worth what its verification against a signed root says.
/// </summary>
public sealed class TileProofs(ITileSource tiles)
{
    /// <summary>The path that proves the leaf at <paramref name="index"/> in the tree of <paramref name="size"/>.</summary>
    public bool TryInclusion(
        long index, long size, [NotNullWhen(true)] out Digest[]? path, [NotNullWhen(false)] out string? fault)
    {
        path = null;
        if (index < 0 || index >= size)
        {
            fault = $"There is no leaf {index} in a tree of size {size}.";
            return false;
        }

        var (start, end) = (0L, size);
        var siblings = new List<(long Start, long End)>();
        while (end - start > 1)
        {
            var split = start + LeftWidth(end - start);
            siblings.Add(index < split ? (split, end) : (start, split));
            (start, end) = index < split ? (start, split) : (split, end);
        }

        return TryHash(size, siblings, out path, out fault);
    }

    /// <summary>The path that proves the tree of <paramref name="second"/> leaves to extend the one of <paramref name="first"/>.</summary>
    public bool TryConsistency(
        long first, long second, [NotNullWhen(true)] out Digest[]? path, [NotNullWhen(false)] out string? fault)
    {
        path = null;
        if (first < 1 || first > second)
        {
            fault = $"A tree of size {second} has no consistency proof from size {first}.";
            return false;
        }

        var (start, end) = (0L, second);
        var siblings = new List<(long Start, long End)>();
        while (first != end)
        {
            var split = start + LeftWidth(end - start);
            siblings.Add(first <= split ? (split, end) : (start, split));
            (start, end) = first <= split ? (start, split) : (split, end);
        }

        // What remains is the last perfect subtree of the first tree; when it is that whole tree, its root is known.
        if (start != 0)
        {
            siblings.Add((start, end));
        }

        return TryHash(second, siblings, out path, out fault);
    }

    /// <summary>The frontier the log had at <paramref name="size"/>.</summary>
    public bool TryFrontier(
        long size, [NotNullWhen(true)] out Frontier? frontier, [NotNullWhen(false)] out string? fault)
    {
        frontier = null;
        if (size < 0)
        {
            fault = $"There is no tree of size {size}.";
            return false;
        }

        var subtrees = new List<(long Start, long End)>();
        for (var rest = size; rest != 0; rest &= rest - 1)
        {
            var start = rest & (rest - 1);
            subtrees.Add((start, start + (rest ^ start)));
        }

        return TryHash(size, subtrees, out var hashes, out fault)
            && Frontier.TryRestore(size, hashes, out frontier);
    }

    private static long LeftWidth(long width) => 1L << BitOperations.Log2((ulong)width - 1);

    /// <summary>Hashes the ranges; they were found from the root down and are handed over from the leaf up.</summary>
    private bool TryHash(
        long size,
        List<(long Start, long End)> ranges,
        [NotNullWhen(true)] out Digest[]? hashes,
        [NotNullWhen(false)] out string? fault)
    {
        var reader = new TileReader(tiles, size);
        var found = new Digest[ranges.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var (start, end) = ranges[^(i + 1)];
            if (!reader.TryRange(start, end, out found[i]))
            {
                (hashes, fault) = (null, $"{reader.Missing} is not there to be read.");
                return false;
            }
        }

        (hashes, fault) = (found, null);
        return true;
    }
}
