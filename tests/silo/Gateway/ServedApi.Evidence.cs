using System.Collections.Immutable;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Grains.Ledger;
using Gantral.Lives.Vectors;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Audit;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Evidence of which only the handing out is of interest here.</summary>
internal sealed partial class ServedApi : IEvidence
{
    public ImmutableSortedDictionary<int, string> Logs { get; } = ImmutableSortedDictionary<int, string>.Empty.Add(1, "gantral.example/1");

    public CanonicalBytes Keys { get; } = VectorKeys.Trusted.ToFile();

    public Task<IReadOnlyList<byte[]>> BundleAsync(Guid instanceId, bool payloads, CancellationToken cancellation)
    {
        Read.Add(payloads);
        return Task.FromResult<IReadOnlyList<byte[]>>([Encoding.ASCII.GetBytes("line")]);
    }

    public Task<SignedHead> HeadAsync(int logId, CancellationToken cancellation) =>
        Task.FromResult(new SignedHead(Encoding.ASCII.GetBytes("note"), new Checkpoint(Logs[logId], 1, Digest.Zero, default)));

    public Task<byte[]?> TileAsync(int logId, TileId tile, CancellationToken cancellation) => Task.FromResult<byte[]?>(tile.Index == 0 ? [1, 2, 3] : null);

    public Task<byte[]?> EntryBundleAsync(int logId, TileId tile, CancellationToken cancellation) => Task.FromResult<byte[]?>(tile.Index == 0 ? [0, 1, 7] : null);

    public async Task<SignedHead?> CoveringHeadAsync(int logId, long size, CancellationToken cancellation) => size <= 1 ? await HeadAsync(logId, cancellation) : null;

    public Task<long> SizeBeforeAsync(int logId, Instant moment, CancellationToken cancellation) => Task.FromResult(0L);

    public Task<IReadOnlyList<Digest>> InclusionAsync(int logId, long position, long size, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Digest>>([]);

    public Task<IReadOnlyList<Digest>> ConsistencyAsync(int logId, long first, long second, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Digest>>([]);

    /// <summary>How many lines of a log are written before the storage goes away; it stays, if nothing is said.</summary>
    public int? StorageGoesAfter { get; set; }

    public Task<ImmutableArray<string>?> CosignAsync(int logId, SignedHead head, string line, CancellationToken cancellation) => Task.FromResult<ImmutableArray<string>?>([]);

    public async Task WriteLogAsync(LogPart part, Stream destination, CancellationToken cancellation)
    {
        for (var lines = 0; lines < (StorageGoesAfter ?? 1); lines++)
        {
            await destination.WriteAsync("line\n"u8.ToArray(), cancellation);
            await destination.FlushAsync(cancellation);
        }

        if (StorageGoesAfter is not null)
        {
            throw new LedgerUnavailableException("The storage went away.");
        }
    }
}
