namespace Gantral.Silo.Hosting;

/// <summary>Counts the requests that are under way, and closes once: what was let in is waited for.</summary>
internal sealed class Admission
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;
    private int _inside;

    /// <summary>Lets a request in, unless it is closed.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _inside += _isClosed ? 0 : 1;
            return !_isClosed;
        }
    }

    /// <summary>A request that was let in is done.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_inside == 0 && _isClosed)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Lets nothing more in; completes when nothing is inside.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_inside == 0)
            {
                _empty.TrySetResult();
            }

            return _empty.Task;
        }
    }
}
