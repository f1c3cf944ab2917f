using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gantral.Silo.Tests.Runners;

/// <summary>Stands between a runner and its silo, and holds back the answers to some requests: what was asked has been done, and nobody knows.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _silo;
    private readonly string _heldBack;

    /// <summary>One that holds back the answers to requests of which this is a part.</summary>
    public Relay(Uri silo, string heldBack)
    {
        (_silo, _heldBack) = (silo, heldBack);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Once the silo has answered to one of them.</summary>
    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient runner)
    {
        using var _ = runner;
        using var silo = new TcpClient();
        await silo.ConnectAsync(_silo.Host, _silo.Port);
        var isHeldBack = false;
        var there = PassAsync(runner, silo, bytes =>
        {
            // A development silo answers only who calls it by its own address.
            var text = Encoding.Latin1.GetString(bytes.Span).Replace($"Host: {Address.Authority}", $"Host: {_silo.Authority}", StringComparison.Ordinal);
            isHeldBack |= text.Contains(_heldBack, StringComparison.Ordinal);
            return Encoding.Latin1.GetBytes(text);
        });
        var back = PassAsync(silo, runner, bytes =>
        {
            if (isHeldBack)
            {
                Answered.TrySetResult();
            }

            return isHeldBack ? ReadOnlyMemory<byte>.Empty : bytes;
        });
        await Task.WhenAny(there, back);
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> asSent)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                await to.GetStream().WriteAsync(asSent(buffer.AsMemory(0, read)));
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException)
        {
            // One of them was killed.
        }
    }
}
