using System.Collections.Immutable;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>What is found by looking over many instances: projections and entries, never authority.</summary>
internal interface IInstanceReader
{
    /// <summary>The ids of the instances that a filter lets pass, the highest id first.</summary>
    ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter);

    /// <summary>The instances that wait for one of these roles, the nearest deadline first and those without one last.</summary>
    ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter);

    /// <summary>The entries of an instance after a sequence, in order, each with what is left of its payload.</summary>
    ValueTask<ImmutableArray<PlacedEntry>> HistoryAsync(Guid instanceId, long after, int limit);

    /// <summary>Where the entry of a decision is, or none.</summary>
    ValueTask<PlacedDecision?> DecisionAsync(Guid decisionId);
}
