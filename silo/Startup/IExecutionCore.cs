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

namespace Gantral.Silo.Startup;

/// <summary>Everything behind the gateway, running: the grains on their ledger. Disposing it frees what it holds.</summary>
internal interface IExecutionCore : IAsyncDisposable
{
    /// <summary>Where grains are reached.</summary>
    IGrains Grains { get; }

    /// <summary>What is found by looking over many instances.</summary>
    IInstanceReader Instances { get; }

    /// <summary>What is handed out to be verified elsewhere.</summary>
    IEvidence Evidence { get; }

    /// <summary>What is found by looking over many versions.</summary>
    IDefinitionReader Definitions { get; }

    /// <summary>What is found by looking over many delegations.</summary>
    IDelegationReader Delegations { get; }

    /// <summary>What is told about many instances at once.</summary>
    IReports Reports { get; }

    /// <summary>How everything stands now.</summary>
    IOverview Overview { get; }

    /// <summary>What happens, told as it happens.</summary>
    IEntryStreams Streams { get; }

    /// <summary>Who is told of what.</summary>
    ISubscriptions Subscriptions { get; }

    /// <summary>Who takes the messages of other systems.</summary>
    IHooks Hooks { get; }

    /// <summary>Where connections are kept.</summary>
    IConnections Connections { get; }

    /// <summary>The work that runners fetch.</summary>
    IWorkQueues Queues { get; }

    /// <summary>What must hold before requests are sent here.</summary>
    ImmutableArray<IReadinessCheck> Readiness { get; }

    /// <summary>The id of an instance that a command creates: the same key, the same id.</summary>
    Guid NewInstanceId(CommandKey key);

    /// <summary>An id for a delegation to be granted.</summary>
    Guid NewDelegationId();

    /// <summary>Waits until what was handed in is durable or known not to be; after it nothing more is taken.</summary>
    Task DrainAsync();
}
