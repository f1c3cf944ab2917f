namespace Gantral.Silo.Identity;

/// <summary>The keys of one issuer. No key ever comes from a token.</summary>
internal interface ITokenKeys
{
    /// <summary>The key of this id, as far as it is known right now.</summary>
    TokenKey? Known(string keyId);

    /// <summary>The key of this id; one that is not known may be asked for, seldom enough that nobody can make it often.</summary>
    ValueTask<TokenKey?> FindAsync(string keyId);
}
