namespace Gantral.Evidence.Log;

/// <summary>The right edge of a tree that is not perfect, where a node may stand on several heights at once.</summary>
internal static class RightEdge
{
    /// <summary>Climbs the heights on which the node has no sibling because the tree ends there.</summary>
    public static void Climb(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }
}
