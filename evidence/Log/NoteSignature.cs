using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Gantral.Evidence.Log;

/// <summary>One signature line of a note: who claims to have signed, and the signature; worth nothing until verified.</summary>
public sealed class NoteSignature
{
    private const int KeyIdSize = sizeof(uint);

    private readonly byte[] _bytes;

    /// <summary>Makes the line; the name must be one a note can carry and the signature not empty.</summary>
    public NoteSignature(string name, uint keyId, ReadOnlySpan<byte> bytes)
    {
        if (!KeyName.IsValid(name))
        {
            throw new ArgumentException("A key name is not empty and has no space, plus or control.", nameof(name));
        }

        if (bytes.IsEmpty)
        {
            throw new ArgumentException("A signature is not empty.", nameof(bytes));
        }

        (Name, KeyId, _bytes) = (name, keyId, bytes.ToArray());
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The short identifier that tells keys of one name apart.</summary>
    public uint KeyId { get; }

    /// <summary>The signature itself.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a name and the base64 of key identifier and signature.</summary>
    internal static bool TryRead(
        string name, ReadOnlySpan<byte> base64, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!KeyName.IsValid(name) || !CanonicalBase64.TryDecode(base64, out var blob) || blob.Length <= KeyIdSize)
        {
            return false;
        }

        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsSpan(KeyIdSize));
        return true;
    }

    /// <summary>The base64 of key identifier and signature.</summary>
    internal string ToBase64()
    {
        var blob = new byte[KeyIdSize + _bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        _bytes.CopyTo(blob, KeyIdSize);
        return Convert.ToBase64String(blob);
    }
}
