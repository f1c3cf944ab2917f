using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Audit;

/// <summary>The evidence in a PostgreSQL ledger.</summary>
internal sealed class LedgerEvidence : IEvidence
{
    private readonly LogCheckpoints _checkpoints;
    private readonly LogTiles _tiles;
    private readonly EntryBundles _bundles;
    private readonly Cosignatures _cosignatures;
    private readonly InstanceExport _instances;
    private readonly LogExport _logs;

    /// <param name="ledger">The ledger.</param>
    /// <param name="witnesses">Whose signatures beside the logs' own are kept.</param>
    public LedgerEvidence(PostgresLedger ledger, ImmutableArray<LogVerifyingKey> witnesses = default)
    {
        witnesses = witnesses.IsDefault ? [] : witnesses;
        _cosignatures = new Cosignatures(ledger.Source, witnesses);
        _checkpoints = new LogCheckpoints(ledger.Source);
        _tiles = new LogTiles(ledger.Source);
        _bundles = new EntryBundles(ledger.Source);
        _instances = new InstanceExport(ledger.Entries, _checkpoints, _tiles);
        _logs = new LogExport(ledger.Source);
        Logs = ledger.Signers.ToImmutableSortedDictionary(log => log.Key, log => log.Value.Name);
        Keys = PublishedKeys.Of(ledger.Signers, ledger.Reopenings, witnesses);
    }

    public ImmutableSortedDictionary<int, string> Logs { get; }

    public CanonicalBytes Keys { get; }

    public Task<IReadOnlyList<byte[]>> BundleAsync(Guid instanceId, bool payloads, CancellationToken cancellation) => _instances.LinesAsync(instanceId, payloads, cancellation);

    public Task<SignedHead> HeadAsync(int logId, CancellationToken cancellation) => _checkpoints.NewestAsync(logId, cancellation);

    public async Task<byte[]?> TileAsync(int logId, TileId tile, CancellationToken cancellation) =>
        await _tiles.TileAsync(logId, tile, (await _checkpoints.NewestAsync(logId, cancellation)).Checkpoint.Size, cancellation);

    public async Task<byte[]?> EntryBundleAsync(int logId, TileId tile, CancellationToken cancellation) =>
        await _bundles.ReadAsync(logId, tile, (await _checkpoints.NewestAsync(logId, cancellation)).Checkpoint.Size, cancellation);

    public Task<SignedHead?> CoveringHeadAsync(int logId, long size, CancellationToken cancellation) => _checkpoints.CoveringAsync(logId, size, cancellation);

    public Task<long> SizeBeforeAsync(int logId, Instant moment, CancellationToken cancellation) => _checkpoints.SizeBeforeAsync(logId, moment, cancellation);

    public async Task<IReadOnlyList<Digest>> InclusionAsync(int logId, long position, long size, CancellationToken cancellation) =>
        (await _tiles.InclusionAsync(logId, [position], size, cancellation))[0];

    public async Task<IReadOnlyList<Digest>> ConsistencyAsync(int logId, long first, long second, CancellationToken cancellation) =>
        await _tiles.ConsistencyAsync(logId, first, second, cancellation);

    public Task<ImmutableArray<string>?> CosignAsync(int logId, SignedHead head, string line, CancellationToken cancellation) => _cosignatures.TakeAsync(logId, head, line, cancellation);

    public Task WriteLogAsync(LogPart part, Stream destination, CancellationToken cancellation) => _logs.WriteAsync(part, destination, cancellation: cancellation);

    /// <summary>Stores the tiles that the logs have filled since the last time.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var log in Logs.Keys)
        {
            await _tiles.CatchUpAsync(log, (await _checkpoints.NewestAsync(log, cancellation)).Checkpoint.Size, cancellation);
        }
    }
}
