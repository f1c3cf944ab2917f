using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>An authority that was made for a test, and the files of what it issues.</summary>
internal sealed class MadeCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gtc");
    private readonly X509Certificate2 _root = Authority("CN=root", null);
    private readonly X509Certificate2 _between;

    public MadeCertificate() => _between = Authority("CN=between", _root);

    /// <summary>Whom clients trust; the authority below it they must be shown.</summary>
    public X509Certificate2 Root => _root;

    public string CertificateFile => Path.Combine(_folder.FullName, "tls.crt");

    public string KeyFile => Path.Combine(_folder.FullName, "tls.key");

    /// <summary>Issues another certificate for this machine and puts it where the last one was; answers its thumbprint.</summary>
    public string Issue(bool withKey = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("gantral.example");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_between, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        if (withKey)
        {
            File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(CertificateFile, $"{issued.ExportCertificatePem()}\n{_between.ExportCertificatePem()}\n");
        return issued.Thumbprint;
    }

    /// <summary>A client that trusts this authority alone, and tells which certificate it was shown.</summary>
    public HttpClient Client(Action<string>? shown = null) => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _root }, RevocationMode = X509RevocationMode.NoCheck },
            RemoteCertificateValidationCallback = (_, certificate, _, faults) =>
            {
                shown?.Invoke(((X509Certificate2)certificate!).Thumbprint);
                return faults == System.Net.Security.SslPolicyErrors.None;
            },
        },
    });

    public void Dispose()
    {
        _root.Dispose();
        _between.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? above)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        return above is null ? request.CreateSelfSigned(from, to) : request.Create(above, from, to, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
