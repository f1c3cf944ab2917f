using System.Security.Cryptography;

namespace Gantral.Bench.Running;

/// <summary>The ceiling of everything that proves entries: SHA-256 over as many bytes, and nothing else.</summary>
internal static class BareHash
{
    private const int LeafPrefix = 1;
    private const int Node = 65;

    /// <summary>Hashes, for each entry of these lengths, a leaf and one node of the tree.</summary>
    public static void Run(ReadOnlySpan<int> entryLengths, int times = 1)
    {
        var longest = 0;
        foreach (var length in entryLengths)
        {
            longest = Math.Max(longest, length);
        }

        var bytes = new byte[Math.Max(Node, longest + LeafPrefix)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var time = 0; time < times; time++)
        {
            foreach (var length in entryLengths)
            {
                SHA256.HashData(bytes.AsSpan(0, length + LeafPrefix), hash);
                SHA256.HashData(bytes.AsSpan(0, Node), hash);
            }
        }
    }
}
