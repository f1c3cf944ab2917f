using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Gantral.Silo.Tests.Following;

/// <summary>Stands between a silo and whoever follows its log: passes on what it says, or something else.</summary>
internal sealed class Between : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _silo;

    public Between(Uri silo)
    {
        _silo = new HttpClient { BaseAddress = silo };
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>What is said in place of what the silo says: by path and query, a body or a status. Nothing leaves it.</summary>
    public Func<string, byte[], (int Status, byte[] Body)?> Instead { get; set; } = (_, _) => null;

    /// <summary>A body that is said with 200.</summary>
    public static (int, byte[])? Say(string text) => (200, Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        _listener.Close();
        _silo.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                try
                {
                    await AnswerAsync(context);
                }
                catch (Exception gone) when (gone is HttpListenerException or IOException && _listener.IsListening)
                {
                    // Whoever asked is not there any more.
                }
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.RawUrl!;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(context.Request.Headers["Authorization"]!);
        using var response = await _silo.SendAsync(request);
        var (status, body) = ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        (status, body) = Instead(path, body) ?? (status, body);
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "text/plain" : "application/problem+json";
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
