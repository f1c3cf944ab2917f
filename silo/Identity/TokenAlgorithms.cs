using System.Collections.Frozen;

namespace Gantral.Silo.Identity;

/// <summary>The signature algorithms there are. None of them has a shared secret, and none of them is no signature.</summary>
internal static class TokenAlgorithms
{
    /// <summary>Those for RSA keys.</summary>
    public static FrozenSet<string> Rsa { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

    /// <summary>Those for keys on curves.</summary>
    public static FrozenSet<string> Elliptic { get; } = ["ES256", "ES384", "ES512"];
}
