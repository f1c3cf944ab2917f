using System.Collections.Frozen;

namespace Gantral.Silo.Identity;

/// <summary>A public key that signs tokens. The key says which algorithms it is for; a token can only name one of them.</summary>
/// <param name="algorithms">The only <c>alg</c> values that may name this key.</param>
/// <param name="publicKey">Its public half as DER, by which the same key is known again.</param>
internal abstract class TokenKey(FrozenSet<string> algorithms, byte[] publicKey)
{
    /// <summary>Whether the signature is this key's, in the one encoding that JWS has for it.</summary>
    public bool Verifies(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        algorithms.Contains(algorithm) && VerifiesAs(algorithm, signed, signature);

    /// <summary>Whether another one is the same key for the same use.</summary>
    public bool IsSameAs(TokenKey other) => PublicKey.AsSpan().SequenceEqual(other.PublicKey) && Algorithms.SetEquals(other.Algorithms);

    protected abstract bool VerifiesAs(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);

    private FrozenSet<string> Algorithms => algorithms;

    private byte[] PublicKey => publicKey;
}
