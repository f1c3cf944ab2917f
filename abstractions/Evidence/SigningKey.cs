namespace Gantral.Abstractions.Evidence;

/// <summary>A public key that signs the log's checkpoints.</summary>
/// <param name="Name">The key name of its signature lines.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="PublicKey">The key as base64 of its DER SubjectPublicKeyInfo.</param>
public sealed record SigningKey(string Name, string Algorithm, string PublicKey)
{
    /// <summary>The one algorithm there is today.</summary>
    public const string EcdsaP256Sha256 = "ecdsa-p256-sha256";
}
