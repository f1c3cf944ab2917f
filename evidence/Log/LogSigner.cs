using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gantral.Evidence.Log;

/// <summary>The private half of a log's key: signs note texts with ECDSA P-256 and SHA-256. Safe for concurrent use.</summary>
public sealed class LogSigner : IDisposable
{
    // The crypto object promises nothing to concurrent callers, and a log signs one checkpoint at a time anyway.
    private readonly Lock _turn = new();
    private readonly ECDsa _key;

    private LogSigner(ECDsa key, LogVerifyingKey publicKey) => (_key, PublicKey) = (key, publicKey);

    /// <summary>The name of the key, which is the origin of the log.</summary>
    public string Name => PublicKey.Name;

    /// <summary>The key that verifies what this one signs.</summary>
    public LogVerifyingKey PublicKey { get; }

    /// <summary>Makes a new key under a name that <see cref="Checkpoint.IsOrigin"/> accepts.</summary>
    public static LogSigner Create(string name) =>
        TryCreate(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), out var signer, out var fault)
            ? signer
            : throw new ArgumentException(fault, nameof(name));

    /// <summary>Takes a P-256 key and from then on owns it; a refused key stays the caller's.</summary>
    public static bool TryCreate(
        string name, ECDsa key, [NotNullWhen(true)] out LogSigner? signer, [NotNullWhen(false)] out string? fault)
    {
        signer = null;
        if (!LogVerifyingKey.TryCreate(name, key.ExportSubjectPublicKeyInfo(), out var publicKey, out fault))
        {
            return false;
        }

        var candidate = new LogSigner(key, publicKey);
        if (!candidate.CanSign())
        {
            fault = "The key does not sign what its public half verifies.";
            return false;
        }

        signer = candidate;
        return true;
    }

    /// <summary>Takes an unencrypted PKCS#8 key, labelled PRIVATE KEY, from PEM text.</summary>
    public static bool TryFromPem(
        string name,
        ReadOnlySpan<char> pem,
        [NotNullWhen(true)] out LogSigner? signer,
        [NotNullWhen(false)] out string? fault)
    {
        signer = null;
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] is not "PRIVATE KEY")
        {
            fault = "The text has no PEM block labelled PRIVATE KEY in the first place.";
            return false;
        }

        var pkcs8 = new byte[found.DecodedDataLength];
        var key = ECDsa.Create();
        try
        {
            _ = Convert.TryFromBase64Chars(pem[found.Base64Data], pkcs8, out _);
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            fault = "There is more than a key in the PEM block.";
            return read == pkcs8.Length && TryCreate(name, key, out signer, out fault);
        }
        catch (CryptographicException)
        {
            fault = "The PEM block is not the PKCS#8 of an elliptic-curve key.";
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            if (signer is null)
            {
                key.Dispose();
            }
        }
    }

    /// <summary>The private key as PKCS#8 PEM, for whoever keeps it.</summary>
    public string ExportPem()
    {
        lock (_turn)
        {
            return _key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>Signs the text of a note.</summary>
    public NoteSignature Sign(ReadOnlySpan<byte> text) => new(Name, PublicKey.KeyId, SignDer(text));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private bool CanSign()
    {
        try
        {
            return PublicKey.Verify("\n"u8, Sign("\n"u8));
        }
        catch (CryptographicException)
        {
            // A public key alone gets here: it has nothing to sign with.
            return false;
        }
    }

    private byte[] SignDer(ReadOnlySpan<byte> text)
    {
        Span<byte> fields = stackalloc byte[2 * P256.FieldSize];
        lock (_turn)
        {
            _key.SignData(
                text, fields, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        return LowSSignature.Encode(fields);
    }
}
