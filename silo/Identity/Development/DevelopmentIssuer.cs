using System.Collections.Frozen;
using System.Security.Cryptography;
using Gantral.Abstractions.Identity;
using Gantral.Silo.Embedded;

namespace Gantral.Silo.Identity.Development;

/// <summary>The local issuer of a development silo. Its key lies in the data folder; who can read that can be anybody.</summary>
internal static class DevelopmentIssuer
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Where the key lies.</summary>
    public static string KeyFileIn(string dataFolder) =>
        Path.Combine(Path.GetFullPath(dataFolder), DevelopmentIdentity.KeyFolder, DevelopmentIdentity.KeyFile);

    /// <summary>The issuer, with its key made if there is none. Throws <see cref="DevelopmentIdentityException"/> with a sentence when it cannot be had.</summary>
    public static TokenIssuer Open(string dataFolder)
    {
        var file = KeyFileIn(dataFolder);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, OwnersFolder);
            using var key = ECDsa.Create();
            var note = new Note(file);
            if (note.Read() is { } pem)
            {
                if ((File.GetUnixFileMode(file) & ~OwnerOnly) != 0)
                {
                    throw new DevelopmentIdentityException($"The key of the development identity, '{file}', can be read by others: delete it, and the next start makes another one.");
                }

                key.ImportFromPem(pem);
            }
            else
            {
                key.GenerateKey(ECCurve.NamedCurves.nistP256);
                note.Write(key.ExportPkcs8PrivateKeyPem());
            }

            return Of(key);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new DevelopmentIdentityException($"The key of the development identity, '{file}', cannot be used: {failed.Message.TrimEnd('.')}. Delete it, and the next start makes another one.", failed);
        }
    }

    /// <summary>The issuer that signs with a key.</summary>
    public static TokenIssuer Of(ECDsa key) => new()
    {
        Name = DevelopmentIdentity.Issuer,
        Audiences = [DevelopmentIdentity.Audience],
        Keys = new FixedKeys(new Dictionary<string, TokenKey> { [DevelopmentIdentity.KeyId] = PublicHalf(key) }.ToFrozenDictionary()),
        Claims = new ClaimMap { TeamId = "teams", Kind = DevelopmentIdentity.KindClaim },
        HumanProof = DevelopmentIdentity.Human,
        PeopleClients = [DevelopmentIdentity.Client],
    };

    private static EllipticTokenKey PublicHalf(ECDsa key)
    {
        var half = key.ExportParameters(includePrivateParameters: false);
        return EllipticTokenKey.AlgorithmOf(half.Curve) == "ES256"
            ? EllipticTokenKey.Of(half)!
            : throw new ArgumentException("ES256 takes a key on the curve P-256.", nameof(key));
    }
}
