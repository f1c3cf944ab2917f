using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
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

    /// <summary>Writes a whole log as a bundle.</summary>
    Task WriteLogAsync(int logId, Stream destination, CancellationToken cancellation);
}
