using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>The work that runners fetch.</summary>
internal interface IWorkQueues
{
    /// <summary>Hands out work; nothing, if there was none for as long as the runner waits.</summary>
    Task<ImmutableArray<HandedTask>> ClaimAsync(WorkClaim claim, CancellationToken gone);

    /// <summary>The instance of a task, also of one that is long over; none for an id that no task has.</summary>
    ValueTask<Guid?> InstanceOfAsync(Guid taskId);

    /// <summary>Whether a runner still has the work.</summary>
    ValueTask<bool> HoldsAsync(Guid instanceId, Lease lease);

    /// <summary>Of instances that run, those whose work a runner has or could have now; none that cannot be looked up, for nobody could have their work then.</summary>
    ValueTask<IReadOnlySet<Guid>> RunnableAsync(IReadOnlyCollection<Guid> running);

    /// <summary>Whether an operator said of a queue of a team that not all of its work may be had: yes also when that cannot be found out.</summary>
    Task<bool> IsHeldBackAsync(string owningTeamId);

    /// <summary>The runner is still at it: until when the work is its own from now on; nothing, if it no longer is.</summary>
    ValueTask<Instant?> ExtendAsync(Guid instanceId, Lease lease, TimeSpan duration);

    /// <summary>The queues of some teams, or the one of a name, that have work or of which something was said.</summary>
    ValueTask<ImmutableArray<QueueFigures>> ListAsync(ImmutableArray<string> teams, string? queue = null);

    /// <summary>Says something about a queue.</summary>
    ValueTask OrderAsync(string owningTeamId, string queue, QueueOrder order, Actor by);
}
