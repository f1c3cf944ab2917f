namespace Gantral.Silo.Identity;

/// <summary>A token that was verified.</summary>
/// <param name="Claims">What it says.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="KeyId">By which key.</param>
/// <param name="Key">The key that this name had then.</param>
internal sealed record ProvenToken(TokenClaims Claims, TokenIssuer Issuer, string KeyId, TokenKey Key)
{
    /// <summary>Whether its issuer still has the key; what a withdrawn key has signed is not believed any longer.</summary>
    public bool IsStillBelieved => ReferenceEquals(Issuer.Keys.Known(KeyId), Key);
}
