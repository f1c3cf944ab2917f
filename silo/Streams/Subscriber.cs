using System.Threading.Channels;

namespace Gantral.Silo.Streams;

/// <summary>One who follows live: references to what is shared, bounded in number and in bytes. Whoever does not keep up is cut off, and comes back by the last place it has.</summary>
internal sealed class Subscriber(StreamOptions options, EntryFilter filter) : IDisposable
{
    private readonly Channel<StreamedEntry> _waiting = Channel.CreateBounded<StreamedEntry>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true, SingleWriter = false });
    private readonly CancellationTokenSource _cutOff = new();
    private long _bytes;

    /// <summary>What it follows.</summary>
    public EntryFilter Filter => filter;

    /// <summary>Cancelled when it was cut off.</summary>
    public CancellationToken CutOff => _cutOff.Token;

    /// <summary>Whether it has everything that was handed to it. One that was cut off never has.</summary>
    public bool IsDrained => _waiting.Reader.Count == 0 && !_cutOff.IsCancellationRequested;

    /// <summary>Hands over an entry; false when it was cut off instead.</summary>
    public bool Offer(StreamedEntry entry)
    {
        if (Interlocked.Add(ref _bytes, entry.Weight) <= options.QueueBytes && _waiting.Writer.TryWrite(entry))
        {
            return true;
        }

        // Whoever writes to it may be in the middle of a write; that one is called off elsewhere than here, under a lock.
        _waiting.Writer.TryComplete();
        _ = _cutOff.CancelAsync();
        return false;
    }

    /// <summary>Waits until there is something, as long as is allowed; whether there is.</summary>
    public async Task<bool> AnyAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (_waiting.Reader.TryPeek(out _))
        {
            return true;
        }

        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patient.CancelAfter(patience);
        try
        {
            return await _waiting.Reader.WaitToReadAsync(patient.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The next one, if there is one already.</summary>
    public StreamedEntry? Next()
    {
        if (!_waiting.Reader.TryRead(out var entry))
        {
            return null;
        }

        Interlocked.Add(ref _bytes, -entry.Weight);
        return entry;
    }

    /// <inheritdoc/>
    public void Dispose() => _cutOff.Dispose();
}
