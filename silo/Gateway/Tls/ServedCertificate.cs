using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Tls;

/// <summary>
/// The certificate that is served, with the ones between it and its authority. The files are looked at for each new
/// connection, because whoever issues certificates replaces them where they lie; a pair that does not fit changes nothing.
/// </summary>
internal sealed class ServedCertificate
{
    private readonly string _certificateFile;
    private readonly string _keyFile;
    private volatile Loaded _loaded;
    private string? _wrong;

    private ServedCertificate(string certificateFile, string keyFile, Loaded loaded) => (_certificateFile, _keyFile, _loaded) = (certificateFile, keyFile, loaded);

    /// <summary>The certificate that is served now.</summary>
    public X509Certificate2 Leaf => _loaded.Context.TargetCertificate;

    /// <summary>Reads both files, or says in a sentence what is wrong with them.</summary>
    public static bool TryLoad(string certificateFile, string keyFile, [NotNullWhen(true)] out ServedCertificate? served, [NotNullWhen(false)] out string? fault)
    {
        (served, fault) = (null, null);
        try
        {
            served = new ServedCertificate(certificateFile, keyFile, Load(Read(certificateFile, keyFile)));
        }
        catch (Exception failed) when (IsOfFiles(failed))
        {
            fault = Sentence(certificateFile, keyFile, failed);
        }

        return served is not null;
    }

    /// <summary>What a new connection is to be served with.</summary>
    public SslStreamCertificateContext Current(ILogger logger)
    {
        try
        {
            var text = Read(_certificateFile, _keyFile);
            if (text != _loaded.Text)
            {
                Replace(text, logger);
            }
        }
        catch (Exception failed) when (IsOfFiles(failed))
        {
            // Said once, not for each connection.
            var wrong = Sentence(_certificateFile, _keyFile, failed);
            if (Interlocked.Exchange(ref _wrong, wrong) != wrong)
            {
                TlsLog.NotReplaced(logger, wrong, _loaded.Context.TargetCertificate.NotAfter.ToUniversalTime());
            }
        }

        return _loaded.Context;
    }

    private void Replace((string Certificate, string Key) text, ILogger logger)
    {
        // The one before goes with the last connection that was served with it.
        _loaded = Load(text);
        _wrong = null;
        TlsLog.Replaced(logger, _certificateFile, Leaf.NotAfter.ToUniversalTime());
    }

    private static (string Certificate, string Key) Read(string certificateFile, string keyFile) => (File.ReadAllText(certificateFile, Encoding.ASCII), File.ReadAllText(keyFile, Encoding.ASCII));

    private static Loaded Load((string Certificate, string Key) text)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text.Certificate);
        var leaf = X509Certificate2.CreateFromPem(text.Certificate, text.Key);

        // Offline: a silo fetches nothing to complete a chain, it serves what it was given.
        return new Loaded(text, SslStreamCertificateContext.Create(leaf, [.. chain.Skip(1)], offline: true));
    }

    private static bool IsOfFiles(Exception failed) => failed is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string Sentence(string certificateFile, string keyFile, Exception failed) =>
        $"The certificate in '{certificateFile}' and its key in '{keyFile}' cannot be served with: {failed.Message.TrimEnd('.')}. Both must be PEM, the certificate's own first, and the key without a password.";

    private sealed record Loaded((string Certificate, string Key) Text, SslStreamCertificateContext Context);
}
