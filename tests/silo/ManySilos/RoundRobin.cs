using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Tests.ManySilos;

/// <summary>The plainest balancer: each request to the next silo, no look at health, no second try. A silo that is gone is a connection that breaks.</summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private volatile Uri[] _silos = [];
    private int _next;

    private RoundRobin(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<RoundRobin> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var balancer = new RoundRobin(builder.Build());
        balancer._app.Run(balancer.CarryAsync);
        await balancer._app.StartAsync();
        return balancer;
    }

    /// <summary>Which silo was last asked for a stream.</summary>
    public Uri? Streams { get; private set; }

    /// <summary>Sends requests to these from now on.</summary>
    public void To(IEnumerable<SiloNode> silos) => _silos = [.. silos.Select(silo => silo.Address)];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task CarryAsync(HttpContext http)
    {
        var silos = _silos;
        var silo = silos[(uint)Interlocked.Increment(ref _next) % silos.Length];
        Streams = http.Request.Path.StartsWithSegments("/v1/streams") ? silo : Streams;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(silo, http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body) { Headers = { ContentLength = http.Request.ContentLength } };
        }

        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key is "Authorization" or "Idempotency-Key" or "Content-Type" or "Last-Event-ID"))
        {
            _ = request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()) || request.Content!.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            (http.Response.StatusCode, http.Response.ContentType) = ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString());
            await using var body = await response.Content.ReadAsStreamAsync(http.RequestAborted);
            var part = new byte[16 * 1024];
            while (await body.ReadAsync(part, http.RequestAborted) is > 0 and var read)
            {
                await http.Response.Body.WriteAsync(part.AsMemory(0, read), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            http.Abort();
        }
    }
}
