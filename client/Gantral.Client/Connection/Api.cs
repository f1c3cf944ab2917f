using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gantral.Client.Connection;

/// <summary>Sends requests, each once, and reads the answers.</summary>
internal sealed class Api(HttpClient http, GantralClientOptions options)
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(10);

    private readonly Uri _address = new(options.Address.AbsoluteUri.TrimEnd('/') + "/");

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellation, TimeSpan wait = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path)), answer, wait, cancellation);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> form, JsonTypeInfo<TAnswer> answer, string? idempotencyKey, CancellationToken cancellation, TimeSpan wait = default)
    {
        var request = Posting(path, body, form);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request, answer, wait, cancellation);
    }

    /// <summary>Posts a body that somebody else wrote, byte for byte.</summary>
    public Task<T> PostAsItIsAsync<T>(string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T> answer, CancellationToken cancellation) =>
        SendAsync(Posting(path, new ReadOnlyMemoryContent(body)), answer, TimeSpan.Zero, cancellation);

    /// <summary>Reads what the caller may have already: then only the tag comes back.</summary>
    public async Task<(string Tag, T? Answer)> GetUnlessKnownAsync<T>(string path, string? knownTag, JsonTypeInfo<T> answer, TimeSpan wait, CancellationToken cancellation)
        where T : class
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        if (knownTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        }

        using var response = await AnswerAsync(request, wait, cancellation, HttpCompletionOption.ResponseContentRead).ConfigureAwait(false);
        var tag = response.Headers.ETag?.ToString() ?? "";
        return (tag, response.StatusCode == HttpStatusCode.NotModified ? null : await ReadAsync(response, answer, cancellation).ConfigureAwait(false));
    }

    /// <summary>Opens what is read bit by bit. Only its beginning has a time limit.</summary>
    public async Task<Stream> OpenAsync(string path, string accept, CancellationToken cancellation, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        request.Headers.Accept.ParseAdd(accept);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await AnswerAsync(request, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        return new AnswerStream(response, await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Opens what a body asks for and is read bit by bit.</summary>
    public async Task<Stream> OpenAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> form, string accept, CancellationToken cancellation)
    {
        var request = Posting(path, body, form);
        request.Headers.Accept.ParseAdd(accept);
        var response = await AnswerAsync(request, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        return new AnswerStream(response, await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Sends lines as they are read.</summary>
    public Task<T> SendLinesAsync<T>(string path, Stream lines, JsonTypeInfo<T> answer, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path)) { Content = new StreamContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        return SendAsync(request, answer, LongestUpload, cancellation);
    }

    private HttpRequestMessage Posting<TBody>(string path, TBody body, JsonTypeInfo<TBody> form) =>
        Posting(path, new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, form)));

    private HttpRequestMessage Posting(string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path)) { Content = content };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> answer, TimeSpan wait, CancellationToken cancellation)
    {
        using var response = await AnswerAsync(request, wait, cancellation, HttpCompletionOption.ResponseContentRead).ConfigureAwait(false);
        return await ReadAsync(response, answer, cancellation).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> answer, CancellationToken cancellation)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(bytes, answer) ?? throw new JsonException("null");
        }
        catch (JsonException garbled)
        {
            throw new GantralException((int)response.StatusCode, ProblemCode.NotGantral, $"The answer of {response.RequestMessage?.RequestUri} is not what a silo says; check the address, or take a client as new as the silo.", garbled);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request, TimeSpan wait, CancellationToken cancellation, HttpCompletionOption completion = HttpCompletionOption.ResponseHeadersRead)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await options.Token(cancellation).ConfigureAwait(false));
            using var late = new CancellationTokenSource(options.Timeout + wait, options.Time);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
            try
            {
                var response = await http.SendAsync(request, completion, ends.Token).ConfigureAwait(false);
                return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified ? response : throw await Refusal.OfAsync(response, options.Time, ends.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{request.RequestUri} did not answer within {(options.Timeout + wait).TotalSeconds:0} s. Whether it did what was asked is not known: send the same again under the same idempotency key."));
            }
        }
    }
}
