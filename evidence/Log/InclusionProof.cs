using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>Checks that a leaf is at an index of a tree (RFC 9162, section 2.1.3.2).</summary>
public static class InclusionProof
{
    /// <summary>
    /// Whether <paramref name="path"/> leads from the leaf to the root, with no hash missing or left over. The root
    /// must come from the same checkpoint as the size: a path alone does not bind the size.
    /// </summary>
    public static bool Verify(Digest leaf, long index, long size, ReadOnlySpan<Digest> path, Digest root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var node = index;
        var last = size - 1;
        var hash = leaf;
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.Node(sibling, hash);
                RightEdge.Climb(ref node, ref last);
            }
            else
            {
                hash = TreeHash.Node(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }
}
