using Gantral.Grains.Instances;

namespace Gantral.Silo.Hosting;

/// <summary>An instance in memory, and whoever waits for it. Guarded by the lock of <see cref="Activations"/>.</summary>
internal sealed class Activation
{
    public Activation(Guid instanceId, InstanceGrain grain)
    {
        (InstanceId, Grain) = (instanceId, grain);
        Place = new LinkedListNode<Activation>(this);
    }

    public Guid InstanceId { get; }

    public InstanceGrain Grain { get; set; }

    /// <summary>Whether somebody's request is being carried out.</summary>
    public bool IsAtWork { get; set; }

    /// <summary>Whether what the grain knows is to be forgotten when this request is done: something of it was erased.</summary>
    public bool IsToBeForgotten { get; set; }

    /// <summary>Those who come next, in order. Most instances never have any.</summary>
    public Queue<TaskCompletionSource>? Waiting { get; set; }

    /// <summary>Its place among the idle ones.</summary>
    public LinkedListNode<Activation> Place { get; }
}
