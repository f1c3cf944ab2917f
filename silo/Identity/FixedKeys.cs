using System.Collections.Frozen;

namespace Gantral.Silo.Identity;

/// <summary>Keys that are known from the start and stay as they are.</summary>
internal sealed class FixedKeys(FrozenDictionary<string, TokenKey> keys) : ITokenKeys
{
    public TokenKey? Known(string keyId) => keys.GetValueOrDefault(keyId);

    public ValueTask<TokenKey?> FindAsync(string keyId) => new(Known(keyId));
}
