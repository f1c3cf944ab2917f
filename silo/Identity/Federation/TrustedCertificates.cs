using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gantral.Silo.Identity.Federation;

/// <summary>The certificates of the authorities in a file, as PEM.</summary>
internal static class TrustedCertificates
{
    /// <summary>The certificates; none where there are none.</summary>
    public static X509Certificate2Collection Of(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>Trust in these authorities and no others.</summary>
    public static X509ChainPolicy TrustIn(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // An authority of one's own rarely says what it has withdrawn.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
