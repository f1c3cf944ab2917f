namespace Gantral.Silo.Identity;

/// <summary>A public key that signs tokens. The key says which algorithm it is for; a token can only agree.</summary>
internal abstract class TokenKey
{
    /// <summary>The one <c>alg</c> that may name this key.</summary>
    public abstract string Algorithm { get; }

    /// <summary>Whether the signature is this key's, in the one encoding that JWS has for it.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);
}
