using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>
/// Writes a stream as server-sent events until the caller goes, falls behind or is believed no more, or the silo stops.
/// Every event but the last has an id to go on from.
/// </summary>
internal sealed class EntryEvents(IEntryStream stream, bool whole, ApiRequest request, TimeSpan heartbeat)
{
    // Written before much has gathered, so that nobody's stream takes much memory.
    private const int MostUnsent = 32 * 1024;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly PipeWriter _body = request.Http.HttpContext.Response.BodyWriter;
    private byte[] _told = [];

    /// <summary>Writes to the end.</summary>
    public async Task WriteAsync(CancellationToken aborted)
    {
        using var _ = stream;

        // A write that is called off takes the connection with it, so that is left to those who do not read.
        using var unsent = CancellationTokenSource.CreateLinkedTokenSource(aborted, stream.CutOff);
        await using var hurry = request.Stopping.Register(() => unsent.CancelAfter(LastWords));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(unsent.Token, request.Stopping);
        try
        {
            _body.Write(": entries of your teams\nretry: 1000\n\n"u8);
            Mark();
            await _body.FlushAsync(unsent.Token);
            _body.Write(await TellAsync(ends.Token, unsent.Token));
            await _body.FlushAsync(unsent.Token);
        }
        catch (OperationCanceledException)
        {
            // What was sent is whole up to its last id. The rest is cut, so that nobody waits for more.
            request.Http.HttpContext.Abort();
        }
    }

    // Until it ends, and answers with the last event, which says why.
    private async Task<byte[]> TellAsync(CancellationToken ends, CancellationToken unsent)
    {
        try
        {
            for (var (looked, round) = (Stopwatch.GetTimestamp(), await RoundAsync()); round > TimeSpan.Zero;)
            {
                var left = round - Stopwatch.GetElapsedTime(looked);
                var events = left > TimeSpan.Zero ? await stream.NextAsync(left, ends) : [];
                var isDue = Stopwatch.GetElapsedTime(looked) >= round;
                if (isDue)
                {
                    (looked, round) = (Stopwatch.GetTimestamp(), await RoundAsync());
                }

                // Nothing is told to whoever is believed no more, also not what was there a moment before.
                if (round <= TimeSpan.Zero)
                {
                    break;
                }

                await SendAsync(events, isDue, unsent);
                ends.ThrowIfCancellationRequested();
            }

            return StreamEnd.TokenExpired;
        }
        catch (OperationCanceledException) when (!unsent.IsCancellationRequested && !stream.CutOff.IsCancellationRequested)
        {
            return StreamEnd.Stopping;
        }
        catch (LedgerUnavailableException)
        {
            return StreamEnd.StorageAway;
        }
    }

    // How long may pass until it is looked again whether the caller is still believed, and shown that the stream is still there.
    private async ValueTask<TimeSpan> RoundAsync() => await request.Belief!.LeftAsync() is var left && left < heartbeat ? left : heartbeat;

    private async ValueTask SendAsync(IReadOnlyList<(StreamedEntry Entry, byte[] Place)> events, bool isDue, CancellationToken unsent)
    {
        foreach (var (entry, place) in events)
        {
            Write("entry"u8, place, entry.Json(whole));
            if (_body.UnflushedBytes > MostUnsent)
            {
                await _body.FlushAsync(unsent);
            }
        }

        // Much may have passed that is not for this caller; it need not be looked at again after a reconnection.
        if (events.Count == 0 && !_told.AsSpan().SequenceEqual(stream.Place))
        {
            Mark();
        }
        else if (events.Count == 0 && isDue)
        {
            _body.Write(": still here\n\n"u8);
        }

        if (_body.UnflushedBytes > 0)
        {
            await _body.FlushAsync(unsent);
        }
    }

    private void Mark() => Write("mark"u8, stream.Place, "{}"u8);

    private void Write(ReadOnlySpan<byte> name, byte[] place, ReadOnlySpan<byte> data)
    {
        _body.Write("id: "u8);
        _body.Write(_told = place);
        _body.Write("\nevent: "u8);
        _body.Write(name);
        _body.Write("\ndata: "u8);
        _body.Write(data);
        _body.Write("\n\n"u8);
    }
}
