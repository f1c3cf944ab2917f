using System.Collections.Immutable;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Streams that tell of the entries there are, and then of a storage that went away.</summary>
internal sealed partial class ServedApi : IEntryStreams
{
    public Task<IEntryStream?> OpenAsync(EntryFilter filter, StreamPlace? after, CancellationToken cancellation) =>
        Task.FromResult<IEntryStream?>(new ShortStream([.. Entries.Select(placed => new StreamedEntry(1, placed)).Where(filter.Lets)]));

    public Task<IInstanceWatch> WatchAsync(Guid instanceId, CancellationToken cancellation) => throw new NotSupportedException();

    private sealed class ShortStream(ImmutableArray<StreamedEntry> entries) : IEntryStream
    {
        private bool _isOver;

        public byte[] Place { get; } = StreamPlace.Write(ImmutableSortedDictionary<int, long>.Empty);

        public CancellationToken CutOff => CancellationToken.None;

        public Task<IReadOnlyList<(StreamedEntry Entry, byte[] Place)>> NextAsync(TimeSpan patience, CancellationToken cancellation)
        {
            if (_isOver)
            {
                throw new LedgerUnavailableException("The storage went away.");
            }

            _isOver = true;
            return Task.FromResult<IReadOnlyList<(StreamedEntry, byte[])>>([.. entries.Select(entry => (entry, Place))]);
        }

        public void Dispose()
        {
        }
    }
}
