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

    /// <summary>A moment that later ones are compared with.</summary>
    long Moment();

    /// <summary>Whether it was seen, after a moment, that operators hold no work of a team back; work that began since may be had then.</summary>
    bool IsFree(string owningTeamId, long since);

    /// <summary>The runner is still at it: until when the work is its own from now on; nothing, if it no longer is.</summary>
    ValueTask<Instant?> ExtendAsync(Guid instanceId, Lease lease, TimeSpan duration);

    /// <summary>The queues of some teams, or the one of a name, that have work or of which something was said.</summary>
    ValueTask<ImmutableArray<QueueFigures>> ListAsync(ImmutableArray<string> teams, string? queue = null);

    /// <summary>Says something about a queue.</summary>
    ValueTask OrderAsync(string owningTeamId, string queue, QueueOrder order, Actor by);
}
