namespace Gantral.Cli.Doctor;

/// <summary>Asks what anybody may ask, without a token.</summary>
internal sealed class Probing : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private readonly HttpClient _client;

    public Probing(Uri address) => _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Asks for what is at a path.</summary>
    public async Task<Probe> AskAsync(string path, CancellationToken cancellation)
    {
        var sent = DateTimeOffset.UtcNow;
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        var between = sent + ((DateTimeOffset.UtcNow - sent) / 2);
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var bytes = new byte[MostBytes];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            // The header has whole seconds; half of one is as near as it can be.
            return new Probe((int)answer.StatusCode, bytes[..length], answer.Headers.Date + TimeSpan.FromMilliseconds(500) - between);
        }
    }

    public void Dispose() => _client.Dispose();
}
