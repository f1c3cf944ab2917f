using System.Security.Cryptography;

namespace Gantral.Silo.Identity;

/// <summary>A key on one of the three curves that JWS knows, each for one algorithm; signatures are r ‖ s and never DER.</summary>
internal sealed class EllipticTokenKey : TokenKey, IDisposable
{
    private readonly ECDsa _key;
    private readonly (HashAlgorithmName Hash, int SignatureSize) _form;
    private readonly Lock _turn = new();

    private EllipticTokenKey(ECDsa key, string algorithm)
        : base([algorithm], key.ExportSubjectPublicKeyInfo()) => (_key, _form) = (key, FormOf(algorithm));

    /// <summary>Takes the public half of a key, or says nothing where its curve is none that JWS knows.</summary>
    public static EllipticTokenKey? Of(ECParameters parameters)
    {
        var algorithm = AlgorithmOf(parameters.Curve);
        return algorithm is null ? null : new(ECDsa.Create(parameters with { D = null }), algorithm);
    }

    /// <summary>The one algorithm for keys on a curve.</summary>
    public static string? AlgorithmOf(ECCurve curve) => curve.Oid.Value switch
    {
        "1.2.840.10045.3.1.7" => "ES256",
        "1.3.132.0.34" => "ES384",
        "1.3.132.0.35" => "ES512",
        _ => null,
    };

    protected override bool VerifiesAs(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        // Nothing promises that one key object may be used by several threads at once.
        lock (_turn)
        {
            return signature.Length == _form.SignatureSize
                && _key.VerifyData(signed, signature, _form.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();

    private static (HashAlgorithmName, int) FormOf(string algorithm) => algorithm switch
    {
        "ES256" => (HashAlgorithmName.SHA256, 64),
        "ES384" => (HashAlgorithmName.SHA384, 96),
        _ => (HashAlgorithmName.SHA512, 132),
    };
}
