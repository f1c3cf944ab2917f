using System.Net.Sockets;
using Npgsql;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>When a connection is cut that carries a signed head to the server.</summary>
internal enum Cut
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>The server does not get all of the batch.</summary>
    BeforeTheServerHasIt,

    /// <summary>The server has committed, and its answer is lost.</summary>
    BeforeTheAnswerArrives,

    /// <summary>The silo stands still with the log in its hands, and has sent nothing of the batch.</summary>
    StandsStill,

    /// <summary>The silo stands still with the log in its hands, in the middle of sending the batch.</summary>
    StandsStillHalfway,
}

/// <summary>Stands between a silo and PostgreSQL, and cuts the line when it is worst.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gtp");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _server;
    private readonly byte[] _mark;
    private readonly Task _accepting;
    private int _cut;

    /// <summary>Listens in front of the server of a connection string; what follows the mark in a message is a head.</summary>
    public CuttingProxy(string connectionString, byte[] mark)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        (_server, _mark) = (Path.Combine(text.Host!, SocketName), mark);
        text.Host = _folder.FullName;
        ConnectionString = text.ConnectionString;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, SocketName)));
        _listener.Listen();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>How to connect through it.</summary>
    public string ConnectionString { get; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the next connection that carries a head.</summary>
    public void Arm(Cut cut) => Interlocked.Exchange(ref _cut, (int)cut);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptAsync());
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                using var mute = new CancellationTokenSource();
                await await Task.WhenAny(PumpRequestsAsync(client, server, mute), PumpAnswersAsync(server, client, mute.Token));
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // One side hung up, so the other is hung up on as well.
            }
        }
    }

    private async Task PumpRequestsAsync(Socket client, Socket server, CancellationTokenSource mute)
    {
        var buffer = new byte[1024 * 1024];
        while (await client.ReceiveAsync(buffer) is > 0 and var read)
        {
            var chunk = buffer.AsMemory(0, read);
            var cut = chunk.Span.IndexOf(_mark) >= 0 ? (Cut)Interlocked.Exchange(ref _cut, 0) : Cut.Never;
            if (cut == Cut.BeforeTheServerHasIt)
            {
                Cuts++;
                return;
            }

            if (cut is Cut.StandsStill or Cut.StandsStillHalfway)
            {
                Cuts++;
                await server.SendAsync(chunk[..(cut == Cut.StandsStill ? 0 : read / 2)]);

                // It goes on when the server has had enough, which the other pump notices.
                await new TaskCompletionSource().Task;
            }

            if (cut == Cut.BeforeTheAnswerArrives)
            {
                await mute.CancelAsync();
            }

            await server.SendAsync(chunk);
            if (cut == Cut.BeforeTheAnswerArrives)
            {
                Cuts++;

                // The server answers a batch only once it is committed.
                await server.ReceiveAsync(buffer);
                return;
            }
        }
    }

    private static async Task PumpAnswersAsync(Socket server, Socket client, CancellationToken mute)
    {
        var buffer = new byte[1024 * 1024];
        try
        {
            while (await server.ReceiveAsync(buffer, mute) is > 0 and var read)
            {
                await client.SendAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // From here on the answer is read, and kept back, by the other pump; this one must not end before it.
            await new TaskCompletionSource().Task;
        }
    }
}
