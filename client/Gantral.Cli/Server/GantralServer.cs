using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Server;

/// <summary>The server that the environment names, and the token that speaks for whoever runs this.</summary>
internal sealed class GantralServer : IDisposable
{
    public const string AddressVariable = "GANTRAL_URL";
    public const string TokenVariable = "GANTRAL_TOKEN";

    private const string UsualAddress = "http://127.0.0.1:8080";
    private const int MostProblemBytes = 64 * 1024;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    private GantralServer(Uri address, string? token)
    {
        // A redirect would carry the token to somebody else.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The server of the environment.</summary>
    public static GantralServer OfEnvironment() => new(AddressOfEnvironment(), Variable(TokenVariable));

    /// <summary>Where the server of the environment is.</summary>
    public static Uri AddressOfEnvironment()
    {
        var address = Variable(AddressVariable) ?? UsualAddress;
        if (!Uri.TryCreate(address.EndsWith('/') ? address : $"{address}/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw Unavailable($"{AddressVariable} is '{Printable.Text(address)}', which is no address of a server; set it to one such as {UsualAddress}.");
        }

        return uri;
    }

    /// <summary>Reads what is at a path into a stream; <paramref name="progress"/> hears how many bytes have come, and <paramref name="patience"/> is how long the server may think before the first.</summary>
    public async Task<long> DownloadAsync(string path, Stream destination, Action<long> progress, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var silence = patience ?? Silence;
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silent.CancelAfter(silence);
        try
        {
            using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, silent.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw Unavailable(await RefusalAsync(answer, silent.Token).ConfigureAwait(false));
            }

            var body = await answer.Content.ReadAsStreamAsync(silent.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var (buffer, read) = (new byte[64 * 1024], 0L);
                while (await ReadAsync(body, buffer, silent.Token).ConfigureAwait(false) is > 0 and var some)
                {
                    await destination.WriteAsync(buffer.AsMemory(0, some), cancellation).ConfigureAwait(false);
                    progress(read += some);
                    silent.CancelAfter(silence = Silence);
                }

                return read;
            }
        }
        catch (HttpRequestException failed)
        {
            throw Unavailable($"No Gantral answers at {Printable.Text(_client.BaseAddress!.ToString())} ({Printable.Text(Inmost(failed))}). Start one with ./run, or set {AddressVariable} to where it is.", failed);
        }
        catch (OperationCanceledException stopped) when (!cancellation.IsCancellationRequested)
        {
            throw Unavailable($"The server said nothing for {silence.TotalSeconds:0} seconds; run the command again.", stopped);
        }
    }

    public void Dispose() => _client.Dispose();

    private static CommandRefusedException Unavailable(string message, Exception? cause = null) => new(ExitStatus.Unavailable, message, cause);

    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw Unavailable($"The answer broke off ({Printable.Text(broken.Message.TrimEnd('.'))}); run the command again.", broken);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Inmost(Exception failed) => failed.GetBaseException().Message.TrimEnd('.');

    private static async Task<string> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var said = await DetailAsync(answer, cancellation).ConfigureAwait(false) ?? $"the server answered {(int)answer.StatusCode}";
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized when Variable(TokenVariable) is null =>
                $"{TokenVariable} holds no token. Of a development silo: export {TokenVariable}=$(gantral dev token --actor NAME --team TEAM --role gantral.auditor)",
            HttpStatusCode.Unauthorized => $"The server does not accept the token in {TokenVariable}: {said}",
            _ => said,
        };
    }

    // What the server says is shown to somebody's terminal, and may be anybody's words.
    private static async Task<string?> DetailAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        var bytes = new byte[MostProblemBytes];
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            try
            {
                using var problem = JsonDocument.Parse(bytes.AsMemory(0, length));
                return problem.RootElement.TryGetProperty("detail", out var detail) && detail.GetString() is { } text ? Printable.Text(text) : null;
            }
            catch (Exception garbled) when (garbled is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
