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
using Gantral.Silo.Ledger;
using Gantral.Silo.Startup;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Startup;

/// <summary>A core without a ledger that writes down in which order it is stopped.</summary>
internal sealed class FakeCore : IExecutionCore, IInstanceReader
{
    public List<string> Said { get; } = [];

    public RecordingGrains Recording { get; } = new();

    public IGrains Grains => Recording;

    public IInstanceReader Instances => this;

    public IEvidence Evidence => null!;

    // Nobody asks these of a core that only starts and stops.
    public IDefinitionReader Definitions => null!;

    public IDelegationReader Delegations => null!;

    public IReports Reports => null!;

    public IOverview Overview => null!;

    public IEntryStreams Streams => null!;

    public ISubscriptions Subscriptions => null!;

    public IHooks Hooks => null!;
    public IWorkQueues Queues => null!;

    public IConnections Connections => null!;

    public ImmutableArray<IReadinessCheck> Readiness => [];

    /// <summary>Held back until it is set, as a slow commit is.</summary>
    public TaskCompletionSource? Listing { get; init; }

    public TaskCompletionSource ListingBegan { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Rooms Rooms => new() { OpenCore = (_, _, _, _) => Task.FromResult<IExecutionCore>(this), Migrate = null!, Reopen = null!, Rebuild = null! };

    public Guid NewInstanceId(CommandKey key) => Samples.Id;

    public Guid NewDelegationId() => Samples.Id;

    public Task DrainAsync()
    {
        Said.Add("drained");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Said.Add("disposed");
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter)
    {
        ListingBegan.SetResult();
        await (Listing?.Task ?? Task.CompletedTask);
        Said.Add("listed");
        return [];
    }

    public ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter) => new([]);

    public ValueTask<ImmutableArray<PlacedEntry>> HistoryAsync(Guid instanceId, long after, int limit) => new([]);

    public ValueTask<PlacedDecision?> DecisionAsync(Guid decisionId) => new((PlacedDecision?)null);
}
