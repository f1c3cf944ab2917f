using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Gantral.Silo.Identity;

/// <summary>An RSA key, for PKCS #1 and PSS signatures.</summary>
internal sealed class RsaTokenKey : TokenKey, IDisposable
{
    private readonly RSA _key;
    private readonly Lock _turn = new();

    private RsaTokenKey(RSA key, FrozenSet<string> algorithms)
        : base(algorithms, key.ExportSubjectPublicKeyInfo()) => _key = key;

    /// <summary>Takes the public half of a key.</summary>
    /// <param name="parameters">The key.</param>
    /// <param name="algorithms">What it is for, of the algorithms that RSA has.</param>
    public static RsaTokenKey Of(RSAParameters parameters, FrozenSet<string> algorithms) =>
        new(RSA.Create(new RSAParameters { Modulus = parameters.Modulus, Exponent = parameters.Exponent }), algorithms);

    protected override bool VerifiesAs(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var hash = algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        var padding = algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

        // Nothing promises that one key object may be used by several threads at once.
        lock (_turn)
        {
            return _key.VerifyData(signed, signature, hash, padding);
        }
    }

    public void Dispose() => _key.Dispose();
}
