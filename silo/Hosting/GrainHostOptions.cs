using Gantral.Grains.Instances;
using Gantral.Silo.Telemetry;

namespace Gantral.Silo.Hosting;

/// <summary>How a silo hosts grains.</summary>
public sealed record GrainHostOptions
{
    /// <summary>How many logs there are; their ids run from 1.</summary>
    public int Logs { get; init; } = 1;

    /// <summary>How many instances are kept in memory. Those at work are, however many there are.</summary>
    public int MostInstances { get; init; } = 100_000;

    /// <summary>How many versions are kept in memory, of workflows, of policies and of settings each.</summary>
    public int MostVersions { get; init; } = 10_000;

    /// <summary>How many requests may wait for one instance.</summary>
    public int MostWaiting { get; init; } = 1_000;

    /// <summary>How long it takes until an instance that owes a failure is tried again.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the operator chose about instances.</summary>
    public InstanceOptions Instances { get; init; } = new();

    /// <summary>Where it is counted how policies answer.</summary>
    internal SiloMeasures Measures { get; init; } = new(TimeProvider.System);
}
