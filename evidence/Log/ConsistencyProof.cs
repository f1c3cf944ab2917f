using System.Numerics;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>Checks that a tree is an earlier tree plus appended leaves (RFC 9162, section 2.1.4.2).</summary>
public static class ConsistencyProof
{
    /// <summary>
    /// Whether <paramref name="path"/> proves the second tree to extend the first, with no hash missing or left over.
    /// Trees of one size are consistent when their roots are equal and the path is empty.
    /// </summary>
    public static bool Verify(
        long first, Digest firstRoot, long second, Digest secondRoot, ReadOnlySpan<Digest> path)
    {
        if (first < 1 || first > second)
        {
            return false;
        }

        if (first == second)
        {
            return path.IsEmpty && firstRoot == secondRoot;
        }

        // A perfect first tree is itself the subtree the path starts from, so the path leaves it out.
        if (BitOperations.IsPow2(first))
        {
            return Climb(first, firstRoot, second, secondRoot, firstRoot, path);
        }

        return !path.IsEmpty && Climb(first, firstRoot, second, secondRoot, path[0], path[1..]);
    }

    private static bool Climb(
        long first, Digest firstRoot, long second, Digest secondRoot, Digest seed, ReadOnlySpan<Digest> path)
    {
        var shared = BitOperations.TrailingZeroCount(first);
        var node = (first - 1) >> shared;
        var last = (second - 1) >> shared;
        var firstHash = seed;
        var secondHash = seed;
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                firstHash = TreeHash.Node(sibling, firstHash);
                secondHash = TreeHash.Node(sibling, secondHash);
                RightEdge.Climb(ref node, ref last);
            }
            else
            {
                secondHash = TreeHash.Node(secondHash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && firstHash == firstRoot && secondHash == secondRoot;
    }
}
