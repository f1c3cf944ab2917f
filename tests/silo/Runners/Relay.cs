using System.Net;
using System.Net.Sockets;

namespace Gantral.Silo.Tests.Runners;

/// <summary>Stands between a runner and its silo, and holds back the answer to an outcome: what was told has been done, and nobody knows.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _silo;

    public Relay(Uri silo)
    {
        _silo = silo;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Once the silo has answered to an outcome.</summary>
    public TaskCompletionSource OutcomeAnswered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        var isOutcome = false;
        var there = PassAsync(runner, silo, bytes =>
        {
            isOutcome |= bytes.Span.IndexOf("/outcome"u8) >= 0;
            return true;
        });
        var back = PassAsync(silo, runner, _ =>
        {
            if (isOutcome)
            {
                OutcomeAnswered.TrySetResult();
            }

            return !isOutcome;
        });
        await Task.WhenAny(there, back);
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> lets)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                if (lets(buffer.AsMemory(0, read)))
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException)
        {
            // One of them was killed.
        }
    }
}
