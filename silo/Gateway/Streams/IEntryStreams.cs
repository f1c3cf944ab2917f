using Gantral.Silo.Streams;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>What happens, told as it happens: every entry of the logs, and that an instance has changed.</summary>
internal interface IEntryStreams
{
    /// <summary>
    /// Begins to follow: after a place, or from now on. None where the place is beyond what was ever written.
    /// </summary>
    Task<IEntryStream?> OpenAsync(EntryFilter filter, StreamPlace? after, CancellationToken cancellation);

    /// <summary>Begins to watch an instance: whatever is committed after this returns is told.</summary>
    Task<IInstanceWatch> WatchAsync(Guid instanceId, CancellationToken cancellation);
}
