using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gantral.Evidence.Log;

/// <summary>The public half of a log's key: ECDSA P-256 with SHA-256, C2SP signature type 0x02. Safe for concurrent use.</summary>
public sealed class LogVerifyingKey
{
    private readonly byte[] _spki;

    // The crypto object promises nothing to concurrent callers; each borrows one, so as many are made as ever ran at once.
    private readonly ConcurrentBag<ECDsa> _idle = [];

    private LogVerifyingKey(string name, byte[] spki) =>
        (Name, _spki, KeyId) = (name, spki, BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(spki)));

    /// <summary>The name of the key, which is the origin of the log.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of the SHA-256 of the encoded key.</summary>
    public uint KeyId { get; }

    /// <summary>The key as DER SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> SubjectPublicKeyInfo => _spki;

    /// <summary>Takes a P-256 key in its one encoding: named curve, uncompressed point.</summary>
    public static bool TryCreate(
        string name,
        ReadOnlySpan<byte> subjectPublicKeyInfo,
        [NotNullWhen(true)] out LogVerifyingKey? key,
        [NotNullWhen(false)] out string? fault)
    {
        key = null;
        if (!KeyName.IsOrigin(name))
        {
            fault = "The name of a key has 1 to 255 bytes and no space, plus or control.";
            return false;
        }

        if (subjectPublicKeyInfo.Length != P256.SpkiSize || !subjectPublicKeyInfo.StartsWith(P256.SpkiHeader))
        {
            fault = "The key is not a P-256 key on its named curve as an uncompressed point.";
            return false;
        }

        var made = new LogVerifyingKey(name, subjectPublicKeyInfo.ToArray());
        if (!made.IsOnCurve())
        {
            fault = "The key is not a point of the curve.";
            return false;
        }

        (key, fault) = (made, null);
        return true;
    }

    /// <summary>Whether the signature is this key's over the text, in the one spelling a signature has.</summary>
    public bool Verify(ReadOnlySpan<byte> text, NoteSignature signature)
    {
        Span<byte> fields = stackalloc byte[2 * P256.FieldSize];
        if (signature.KeyId != KeyId
            || signature.Name != Name
            || !LowSSignature.TryDecode(signature.Bytes, fields))
        {
            return false;
        }

        var crypto = _idle.TryTake(out var idle) ? idle : Import();
        try
        {
            return crypto.VerifyData(
                text, fields, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _idle.Add(crypto);
        }
    }

    private bool IsOnCurve()
    {
        try
        {
            var crypto = Import();
            _idle.Add(crypto);

            // A coordinate past the field could be taken modulo it: then the key comes back written otherwise.
            return crypto.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_spki);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private ECDsa Import()
    {
        var point = _spki.AsSpan(P256.SpkiHeader.Length);
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = point[..P256.FieldSize].ToArray(),
                Y = point[P256.FieldSize..].ToArray(),
            },
        });
    }
}
