using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Silo.Audit;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>The evidence as it is handed out: to be taken away and verified elsewhere.</summary>
internal interface IEvidence
{
    /// <summary>The origins of the logs, by their numbers.</summary>
    ImmutableSortedDictionary<int, string> Logs { get; }

    /// <summary>The public keys that the logs are verified with, as a keys file.</summary>
    CanonicalBytes Keys { get; }

    /// <summary>The lines of an instance's bundle; none when there is no such instance.</summary>
    Task<IReadOnlyList<byte[]>> BundleAsync(Guid instanceId, bool payloads, CancellationToken cancellation);

    /// <summary>The newest signed head of a log.</summary>
    Task<SignedHead> HeadAsync(int logId, CancellationToken cancellation);

    /// <summary>The hashes of a tile; none when the log is not that large.</summary>
    Task<byte[]?> TileAsync(int logId, TileId tile, CancellationToken cancellation);

    /// <summary>The entries under a tile of leaves, each behind its length in two bytes, as C2SP tlog-tiles bundles them; none when the log is not that large.</summary>
    Task<byte[]?> EntryBundleAsync(int logId, TileId tile, CancellationToken cancellation);

    /// <summary>The first signed head of a log that covers so many entries; none when the log is not that large.</summary>
    Task<SignedHead?> CoveringHeadAsync(int logId, long size, CancellationToken cancellation);

    /// <summary>How many entries a log had when its last head before a moment was signed.</summary>
    Task<long> SizeBeforeAsync(int logId, Instant moment, CancellationToken cancellation);

    /// <summary>The proof that an entry is in the tree of a size.</summary>
    Task<IReadOnlyList<Digest>> InclusionAsync(int logId, long position, long size, CancellationToken cancellation);

    /// <summary>The proof that the tree of one size only adds to that of another.</summary>
    Task<IReadOnlyList<Digest>> ConsistencyAsync(int logId, long first, long second, CancellationToken cancellation);

    /// <summary>Keeps the line of a witness under a head, and answers whose lines there are then; none when the line is no signature under it.</summary>
    Task<ImmutableArray<string>?> CosignAsync(int logId, SignedHead head, string line, CancellationToken cancellation);

    /// <summary>Writes a log or a part of it as a bundle.</summary>
    Task WriteLogAsync(LogPart part, Stream destination, CancellationToken cancellation);
}
