using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gantral.Cli.Tests.Server;

/// <summary>Answers as a test says, which no silo would.</summary>
internal sealed class LyingServer : IDisposable
{
    private readonly HttpListener _listener = new();
    /// <summary>Answers the requests that are named, such as <c>GET /v1/caller</c>.</summary>
    public LyingServer(Dictionary<string, (int Status, string Body)> answers)
    {
        Answers = answers;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it is.</summary>
    public string Address { get; }

    /// <summary>What it answers.</summary>
    public Dictionary<string, (int Status, string Body)> Answers { get; }

    /// <summary>What it was asked.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var name = $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}";
                lock (Asked)
                {
                    Asked.Add(name);
                }

                var (status, body) = Answers.GetValueOrDefault(name, (404, """{"code":"not_found","detail":"There is none."}"""));
                context.Response.StatusCode = status;
                context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
