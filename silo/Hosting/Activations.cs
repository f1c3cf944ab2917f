using Gantral.Grains.Instances;

namespace Gantral.Silo.Hosting;

/// <summary>
/// The instances in memory. Each takes one request at a time, in the order in which they came; those that nobody asks
/// make room for others, the one that was asked longest ago first.
/// </summary>
internal sealed class Activations(Func<Guid, InstanceGrain> activate, int mostInstances, int mostWaiting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Activation> _active = [];
    private readonly LinkedList<Activation> _idle = [];

    /// <summary>How many instances are in memory.</summary>
    public int Count => Locked(() => _active.Count);

    /// <summary>How many requests wait for their turn.</summary>
    public int Waiting { get; private set; }

    /// <summary>How many instances made room for others so far.</summary>
    public long Evicted { get; private set; }

    /// <summary>Takes a place in the line for an instance; none where too many wait already.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="turn">Completes when it is one's turn.</param>
    public Activation? Enter(Guid instanceId, out Task turn)
    {
        lock (_gate)
        {
            turn = Task.CompletedTask;
            if (!_active.TryGetValue(instanceId, out var activation))
            {
                activation = new Activation(instanceId, activate(instanceId));
                _active.Add(instanceId, activation);
            }

            if (!activation.IsAtWork)
            {
                activation.IsAtWork = true;
                Busy(activation);
                return activation;
            }

            activation.Waiting ??= new Queue<TaskCompletionSource>();
            if (activation.Waiting.Count >= mostWaiting)
            {
                return null;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            activation.Waiting.Enqueue(waiter);
            Waiting++;
            turn = waiter.Task;
            return activation;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="activation">Whose.</param>
    /// <param name="threw">Whether the grain threw: then nothing it knows is believed any more.</param>
    public void Leave(Activation activation, bool threw)
    {
        lock (_gate)
        {
            // What is owed must not be forgotten; such a grain reads again before it does anything else.
            if ((threw || activation.IsToBeForgotten) && !activation.Grain.OwesFailure)
            {
                activation.Grain = activate(activation.InstanceId);
            }

            activation.IsToBeForgotten = false;

            if (activation.Waiting is { Count: > 0 } waiting)
            {
                Waiting--;
                waiting.Dequeue().SetResult();
                return;
            }

            activation.IsAtWork = false;
            activation.Waiting = null;
            if (activation.Grain.OwesFailure)
            {
                return;
            }

            if (!activation.Grain.IsKnown)
            {
                _active.Remove(activation.InstanceId);
                return;
            }

            _idle.AddLast(activation.Place);
            MakeRoom();
        }
    }

    /// <summary>Forgets what is known of an instance, as soon as nobody is at it.</summary>
    public void Forget(Guid instanceId)
    {
        lock (_gate)
        {
            if (_active.TryGetValue(instanceId, out var activation))
            {
                Forget(activation);
            }
        }
    }

    /// <summary>Forgets what is known of every instance, as soon as nobody is at it.</summary>
    public void ForgetAll()
    {
        lock (_gate)
        {
            foreach (var activation in _active.Values.ToList())
            {
                Forget(activation);
            }
        }
    }

    private void Forget(Activation activation)
    {
        activation.IsToBeForgotten = activation.IsAtWork;
        if (activation.Place.List is not null)
        {
            _idle.Remove(activation.Place);
            _active.Remove(activation.InstanceId);
        }
    }

    private void Busy(Activation activation)
    {
        if (activation.Place.List is not null)
        {
            _idle.Remove(activation.Place);
        }
    }

    private void MakeRoom()
    {
        while (_active.Count > mostInstances && _idle.First is { } longest)
        {
            _idle.Remove(longest);
            _active.Remove(longest.Value.InstanceId);
            Evicted++;
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
