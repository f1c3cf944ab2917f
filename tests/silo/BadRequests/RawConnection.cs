using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>A connection that sends bytes as they are and reads what is answered; it opens itself again when the server closes it.</summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private Socket? _socket;
    private byte[] _read = [];

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<RawAnswer> AskAsync(RawRequest request)
    {
        using var patience = new CancellationTokenSource(TestFolder.Patience);
        for (var isSecond = false; ; isSecond = true)
        {
            var isFresh = _socket is null;
            var answer = await TryAsync(request, patience.Token);
            if (answer.Status != 0 && request.IsFramed && answer.Headers.GetValueOrDefault("connection", "") != "close")
            {
                return answer;
            }

            Dispose();
            // A connection that was used before may have been closed before it saw this request.
            if (answer.Status != 0 || isFresh || isSecond)
            {
                return answer;
            }
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        (_socket, _read) = (null, []);
    }

    private async Task<RawAnswer> TryAsync(RawRequest request, CancellationToken patience)
    {
        try
        {
            if (_socket is null)
            {
                _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(address.Host, address.Port, patience);
            }

            var sending = SendAsync(_socket, request, patience);
            var answer = await ReadAsync(request.Method == "HEAD", patience);
            await sending;
            return answer;
        }
        catch (SocketException)
        {
            return new RawAnswer(0, new Dictionary<string, string>(), "");
        }
        catch (EndOfStreamException) when (!request.IsFramed)
        {
            // Whoever hangs up is not told the rest of what is being streamed.
            return new RawAnswer(0, new Dictionary<string, string>(), "");
        }
    }

    private static async Task SendAsync(Socket socket, RawRequest request, CancellationToken patience)
    {
        try
        {
            var bytes = request.ToBytes();
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await socket.SendAsync(bytes.AsMemory(sent), patience);
            }

            if (!request.IsFramed)
            {
                // Nothing more comes, whatever the headers promised.
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The server has heard enough; what it says is read.
        }
    }

    private async Task<RawAnswer> ReadAsync(bool isHead, CancellationToken patience)
    {
        string[] lines;
        do
        {
            int end;
            while ((end = _read.AsSpan().IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await MoreAsync(patience))
                {
                    return new RawAnswer(0, new Dictionary<string, string>(), "");
                }
            }

            lines = Encoding.Latin1.GetString(_read, 0, end).Split("\r\n");
            _read = _read[(end + 4)..];
        }
        while (lines[0].StartsWith("HTTP/1.1 100", StringComparison.Ordinal));

        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = lines[1..].Select(line => line.Split(": ", 2)).GroupBy(pair => pair[0].ToLowerInvariant()).ToDictionary(group => group.Key, group => string.Join(", ", group.Select(pair => pair[1])));
        return new RawAnswer(status, headers, isHead ? "" : await BodyAsync(headers, patience));
    }

    private async Task<string> BodyAsync(Dictionary<string, string> headers, CancellationToken patience)
    {
        if (headers.TryGetValue("content-length", out var length))
        {
            return Encoding.UTF8.GetString(await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), patience));
        }

        var body = new StringBuilder();
        while (headers.GetValueOrDefault("transfer-encoding") == "chunked")
        {
            int end;
            while ((end = _read.AsSpan().IndexOf("\r\n"u8)) < 0)
            {
                await NeedMoreAsync(patience);
            }

            var size = int.Parse(Encoding.ASCII.GetString(await TakeAsync(end + 2, patience)).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(Encoding.UTF8.GetString((await TakeAsync(size + 2, patience)).AsSpan(0, size)));
            if (size == 0)
            {
                break;
            }
        }

        return body.ToString();
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken patience)
    {
        while (_read.Length < count)
        {
            await NeedMoreAsync(patience);
        }

        var taken = _read[..count];
        _read = _read[count..];
        return taken;
    }

    private async Task NeedMoreAsync(CancellationToken patience)
    {
        if (!await MoreAsync(patience))
        {
            throw new EndOfStreamException("The answer broke off.");
        }
    }

    private async Task<bool> MoreAsync(CancellationToken patience)
    {
        var buffer = new byte[16 * 1024];
        var count = await _socket!.ReceiveAsync(buffer, patience);
        _read = [.. _read, .. buffer.AsSpan(0, count)];
        return count > 0;
    }
}
