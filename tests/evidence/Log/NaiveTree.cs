using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Tests.Log;

/// <summary>The tree as RFC 6962, section 2.1, defines it, recursively: slow, and sharing nothing with the library.</summary>
internal sealed class NaiveTree(IReadOnlyList<byte[]> leafHashes)
{
    private readonly Dictionary<(int Start, int End), byte[]> _known = [];

    public static byte[] LeafHash(byte[] leaf) => SHA256.HashData([0, .. leaf]);

    /// <summary>A tree of this many different leaves, made up from their numbers.</summary>
    public static NaiveTree OfSize(int size) =>
        new([.. Enumerable.Range(0, size).Select(i => LeafHash(BitConverter.GetBytes(i)))]);

    public int Size => leafHashes.Count;

    public Digest Leaf(int index) => new(leafHashes[index]);

    public Digest Root(int size) => size == 0 ? new(SHA256.HashData([])) : new(Hash(0, size));

    public Digest[] Inclusion(int index, int size) =>
        [.. InclusionPath(index, 0, size).Select(hash => new Digest(hash))];

    public Digest[] Consistency(int first, int second) =>
        [.. ConsistencyPath(first, 0, second, true).Select(hash => new Digest(hash))];

    /// <summary>On which side the siblings stand from the leaf up: what a path cannot say and must be told.</summary>
    public static string Sides(int index, int size)
    {
        if (size == 1)
        {
            return "";
        }

        var split = Split(size);
        return index < split ? Sides(index, split) + "R" : Sides(index - split, size - split) + "L";
    }

    private static int Split(int size)
    {
        var split = 1;
        while (split * 2 < size)
        {
            split *= 2;
        }

        return split;
    }

    private byte[] Hash(int start, int end)
    {
        if (end - start == 1)
        {
            return leafHashes[start];
        }

        if (!_known.TryGetValue((start, end), out var hash))
        {
            var split = start + Split(end - start);
            hash = SHA256.HashData([1, .. Hash(start, split), .. Hash(split, end)]);
            _known[(start, end)] = hash;
        }

        return hash;
    }

    private IEnumerable<byte[]> InclusionPath(int index, int start, int end)
    {
        if (end - start == 1)
        {
            return [];
        }

        var split = start + Split(end - start);
        return index < split
            ? InclusionPath(index, start, split).Append(Hash(split, end))
            : InclusionPath(index, split, end).Append(Hash(start, split));
    }

    private IEnumerable<byte[]> ConsistencyPath(int first, int start, int end, bool whole)
    {
        if (first == end)
        {
            return whole ? [] : [Hash(start, end)];
        }

        var split = start + Split(end - start);
        return first <= split
            ? ConsistencyPath(first, start, split, whole).Append(Hash(split, end))
            : ConsistencyPath(first, split, end, false).Append(Hash(start, split));
    }
}
