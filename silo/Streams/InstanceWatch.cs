using Gantral.Silo.Gateway.Streams;

namespace Gantral.Silo.Streams;

/// <summary>One who waits for an instance to change.</summary>
internal sealed class InstanceWatch(EntryStreams streams, Following following, Guid instanceId, TimeProvider time) : IInstanceWatch
{
    private TaskCompletionSource _changed = New();

    public Guid InstanceId => instanceId;

    /// <summary>Tells it that an entry of the instance has passed.</summary>
    public void Tell() => Volatile.Read(ref _changed).TrySetResult();

    /// <inheritdoc/>
    public async Task ChangedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var changed = Volatile.Read(ref _changed);
        try
        {
            await changed.Task.WaitAsync(patience, time, cancellation);
            Interlocked.CompareExchange(ref _changed, New(), changed);
        }
        catch (TimeoutException)
        {
            // Nothing has passed; whoever asked looks for itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        following.Leave(this);
        streams.Leave(following);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
