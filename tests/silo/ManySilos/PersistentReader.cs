using System.Collections.Concurrent;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Streams;

namespace Gantral.Silo.Tests.ManySilos;

/// <summary>A reader of the stream as the documentation wants it: wherever it breaks, it connects again and says the last id it had.</summary>
internal sealed class PersistentReader(Uri address, string token)
{
    private readonly ConcurrentQueue<(int Log, long Position)> _told = new();
    private long _last = -1;
    private int _breaks;

    /// <summary>Where each entry is that it was told of, in the order in which it was told.</summary>
    public IReadOnlyCollection<(int Log, long Position)> Told => _told;

    /// <summary>How often it had to connect again.</summary>
    public int Breaks => _breaks;

    /// <summary>Completes once it was told of a position.</summary>
    public Task UntilToldAsync(long position) => Until.TrueAsync(() => Volatile.Read(ref _last) >= position);

    /// <summary>Reads until it is told to stop; <paramref name="connected"/> completes with the first connection.</summary>
    public async Task ReadAsync(TaskCompletionSource connected, CancellationToken stop)
    {
        for (string? lastId = null; !stop.IsCancellationRequested; Interlocked.Increment(ref _breaks))
        {
            try
            {
                using var reader = await EventReader.OpenAsync(address, token, lastId: lastId);
                using var closing = stop.Register(reader.Dispose);
                connected.TrySetResult();
                while (await reader.NextAsync() is { } told)
                {
                    lastId = reader.LastId;
                    if (told.Name == "entry")
                    {
                        _told.Enqueue(told.Place);
                        Volatile.Write(ref _last, told.Place.Position);
                    }
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or ObjectDisposedException)
            {
                // The next silo goes on from the last id.
            }
        }
    }
}
