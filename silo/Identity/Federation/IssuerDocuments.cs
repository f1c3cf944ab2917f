using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Authentication;
using Gantral.Evidence.Json;
using Gantral.Silo.Json;
using Gantral.Silo.Outgoing;

namespace Gantral.Silo.Identity.Federation;

/// <summary>
/// Fetches what an issuer publishes: its discovery document, then its keys, from the hosts that the operator named and no
/// others, without redirects, within bounds of size and time.
/// </summary>
internal sealed class IssuerDocuments(IssuerSettings settings, TimeProvider time)
{
    /// <summary>How many bytes a document may have.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>How long both documents together may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly JsonLimits Limits = new() { MaxBytes = MostBytes, MaxDepth = 16 };

    /// <summary>The issuer's keys by their <c>kid</c>. Throws <see cref="KeysNotFetchedException"/>.</summary>
    public async Task<FrozenDictionary<string, TokenKey>> KeysAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // A connection for each time: authorities and tokens in files are replaced while a silo lives.
            using var http = new HttpMessageInvoker(NewHandler());
            var discovery = await ReadAsync(http, settings.Discovery, "discovery document", both.Token);
            var keys = await ReadAsync(http, KeysPlace(discovery), "key set", both.Token);
            return KeySet.Read(keys, settings.Algorithms) ?? throw new KeysNotFetchedException("its key set is not understood");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new KeysNotFetchedException($"it took longer than {Patience.TotalSeconds:0} s");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new KeysNotFetchedException(Why(failed));
        }
    }

    private static string Why(Exception failed) => failed switch
    {
        _ when failed.InnerException is HostNotAllowedException => "its host leads to an address that is not allowed",
        _ when failed.InnerException is AuthenticationException => "the certificate of its host is not trusted",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the name of its host is not known",
        HttpRequestException => "it cannot be reached",
        _ => "a file that its settings name cannot be read",
    };

    private SocketsHttpHandler NewHandler()
    {
        // Without TLS it is this very machine or nobody. The operator named these hosts by naming the issuer.
        var hosts = settings.Discovery.Scheme == Uri.UriSchemeHttps
            ? new OutgoingHosts([settings.Discovery.IdnHost, .. settings.KeysHosts.Select(host => host.IdnHost)], isDevelopment: false)
            : new OutgoingHosts([], isDevelopment: true);
        var handler = hosts.NewHandler(Patience);
        if (settings.CaFile is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = TrustedCertificates.TrustIn(TrustedCertificates.Of(File.ReadAllText(file)));
        }

        return handler;
    }

    private async Task<JsonFields> ReadAsync(HttpMessageInvoker http, Uri place, string what, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, place);
        request.Headers.Accept.ParseAdd(MediaTypeNames.Application.Json);
        request.Headers.Accept.ParseAdd("application/jwk-set+json");
        if (settings.TokenFile is { } file)
        {
            request.Headers.Authorization = PresentedToken.Of(await File.ReadAllTextAsync(file, cancellation)) is { } token
                ? new AuthenticationHeaderValue("Bearer", token)
                : throw new KeysNotFetchedException("the file with the token for it holds none");
        }

        using var response = await http.SendAsync(request, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new KeysNotFetchedException($"its {what} comes with the status {(int)response.StatusCode}, where only 200 counts and redirects are not followed");
        }

        // One byte more than there may be, so that too much is seen without reading all of it.
        var bytes = new byte[MostBytes + 1];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read > MostBytes ? throw new KeysNotFetchedException($"its {what} is larger than {MostBytes} bytes")
            : CanonicalJson.TryCanonicalize(bytes.AsSpan(0, read), Limits, out var text, out _) && JsonFields.Of(text) is { } fields ? fields
            : throw new KeysNotFetchedException($"its {what} is no JSON object that every reader reads alike");
    }

    private Uri KeysPlace(JsonFields discovery)
    {
        if (discovery.Find("issuer")?.Text() != settings.Issuer)
        {
            throw new KeysNotFetchedException("its discovery document is that of another issuer");
        }

        return discovery.Find("jwks_uri")?.Text() is { } text && Uri.TryCreate(text, UriKind.Absolute, out var place)
            && place.Scheme == settings.Discovery.Scheme && place.UserInfo.Length == 0
            && settings.KeysHosts.Any(host => host.IdnHost == place.IdnHost && host.Port == place.Port)
                ? place
                : throw new KeysNotFetchedException("its jwks_uri leads to another host than KeysHosts or that of the discovery document");
    }
}
