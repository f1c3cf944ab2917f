using System.Collections.Immutable;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Gateway.Hooks;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Gateway.Subscriptions;
using Gantral.Silo.Identity;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Secrets;

namespace Gantral.Silo.Gateway;

/// <summary>What the gateway stands in front of.</summary>
internal sealed record GatewayParts
{
    /// <summary>Where grains are reached.</summary>
    public required IGrains Grains { get; init; }

    /// <summary>The id of an instance that a command creates: the same key, the same id.</summary>
    public required Func<CommandKey, Guid> NewInstanceId { get; init; }

    /// <summary>What is found by looking over many instances.</summary>
    public required IInstanceReader Instances { get; init; }

    /// <summary>What is handed out to be verified elsewhere.</summary>
    public required IEvidence Evidence { get; init; }

    /// <summary>What is found by looking over many versions.</summary>
    public required IDefinitionReader Definitions { get; init; }

    /// <summary>What is found by looking over many delegations.</summary>
    public required IDelegationReader Delegations { get; init; }

    /// <summary>What is told about many instances at once.</summary>
    public required IReports Reports { get; init; }

    /// <summary>How everything stands now.</summary>
    public required IOverview Overview { get; init; }

    /// <summary>What happens, told as it happens.</summary>
    public required IEntryStreams Streams { get; init; }

    /// <summary>After how long a stream without events shows that it is still there.</summary>
    public TimeSpan StreamHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Who is told of what.</summary>
    public required ISubscriptions Subscriptions { get; init; }

    /// <summary>Who takes the messages of other systems.</summary>
    public required IHooks Hooks { get; init; }

    /// <summary>Where the secrets of the teams lie.</summary>
    public required MountedSecrets Secrets { get; init; }

    /// <summary>Where may be called out to.</summary>
    public required OutgoingHosts Outgoing { get; init; }

    /// <summary>Where connections are kept.</summary>
    public required IConnections Connections { get; init; }

    /// <summary>The work that runners fetch.</summary>
    public required IWorkQueues Queues { get; init; }

    /// <summary>An id for a delegation to be granted.</summary>
    public required Func<Guid> NewDelegationId { get; init; }

    /// <summary>Whose tokens are believed.</summary>
    public required TokenValidator Tokens { get; init; }

    /// <summary>What must hold before anything is sent here.</summary>
    public ImmutableArray<IReadinessCheck> Readiness { get; init; } = [];
}
