using System.Security.Cryptography;

namespace Gantral.Silo.Identity;

/// <summary>A P-256 key: ES256, its signatures r ‖ s and never DER.</summary>
internal sealed class P256TokenKey : TokenKey, IDisposable
{
    private const int SignatureSize = 64;
    private readonly ECDsa _key;
    private readonly Lock _turn = new();

    /// <summary>Takes the public half of a key.</summary>
    public P256TokenKey(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new ArgumentException("ES256 takes a key on the curve P-256.", nameof(key));
        }

        _key = ECDsa.Create(parameters);
    }

    public override string Algorithm => "ES256";

    public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        // Nothing promises that one key object may be used by several threads at once.
        lock (_turn)
        {
            return signature.Length == SignatureSize
                && _key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();
}
