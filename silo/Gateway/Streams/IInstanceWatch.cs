namespace Gantral.Silo.Gateway.Streams;

/// <summary>Tells that an instance may have changed. It holds nothing of the database.</summary>
internal interface IInstanceWatch : IDisposable
{
    /// <summary>Waits for the next entry since the last one that was told, at most so long.</summary>
    Task ChangedAsync(TimeSpan patience, CancellationToken cancellation);
}
