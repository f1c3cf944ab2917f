using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Log;

/// <summary>The hashes of the log's Merkle tree (RFC 9162, section 2.1.1).</summary>
public static class TreeHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    // A typical entry fits the stack; a larger one borrows from the pool.
    private const int StackLimit = 2048;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ bytes).</summary>
    public static Digest Leaf(ReadOnlySpan<byte> bytes)
    {
        var length = checked(bytes.Length + 1);
        if (length <= StackLimit)
        {
            return PrefixedLeaf(stackalloc byte[length], bytes);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return PrefixedLeaf(rented.AsSpan(0, length), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Size)];
        bytes[0] = NodePrefix;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Digest.Size)..]);
        return Hash(bytes);
    }

    /// <summary>The root over a power-of-two run of hashes, which it uses up as working space.</summary>
    internal static Digest Fold(Span<Digest> hashes)
    {
        for (var count = hashes.Length; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                hashes[i] = Node(hashes[2 * i], hashes[(2 * i) + 1]);
            }
        }

        return hashes[0];
    }

    private static Digest PrefixedLeaf(Span<byte> space, ReadOnlySpan<byte> bytes)
    {
        space[0] = LeafPrefix;
        bytes.CopyTo(space[1..]);
        return Hash(space);
    }

    private static Digest Hash(ReadOnlySpan<byte> bytes)
    {
        // A digest is its 32 bytes in order, so the hash can be written straight into it.
        Span<Digest> digest = stackalloc Digest[1];
        SHA256.HashData(bytes, MemoryMarshal.AsBytes(digest));
        return digest[0];
    }
}
