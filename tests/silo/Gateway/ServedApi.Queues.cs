using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Queues;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Queues of which only what is asked of them is of interest here.</summary>
internal sealed partial class ServedApi : IWorkQueues
{
    /// <summary>Whether whoever asks still has the work.</summary>
    public bool IsHeld { get; set; } = true;

    public Task<ImmutableArray<HandedTask>> ClaimAsync(WorkClaim claim, CancellationToken gone)
    {
        Read.Add(claim);
        return Task.FromResult<ImmutableArray<HandedTask>>(claim.Teams.Contains("payments", StringComparer.Ordinal)
            ? [new HandedTask(new Lease(Samples.Id, 1), WorkKind.Start, 1, Samples.At, Samples.Running(), [])]
            : []);
    }

    public ValueTask<IReadOnlySet<Guid>> RunnableAsync(IReadOnlyCollection<Guid> running) => new(running.ToHashSet());

    public long Moment() => 0;

    public bool IsFree(string owningTeamId, long since) => true;

    public ValueTask<Guid?> InstanceOfAsync(Guid taskId) => new(taskId == Samples.Id ? Samples.Id : null);

    public ValueTask<bool> HoldsAsync(Guid instanceId, Lease lease) => new(IsHeld);

    public ValueTask<Instant?> ExtendAsync(Guid instanceId, Lease lease, TimeSpan duration)
    {
        Read.Add((instanceId, lease, duration));
        return new(IsHeld ? Samples.At : null);
    }

    public ValueTask<ImmutableArray<QueueFigures>> ListAsync(ImmutableArray<string> teams, string? queue = null) =>
        new([.. teams.Where(team => team == "payments").Select(team => new QueueFigures(team, queue ?? "agents", QueueOrder.Usual, 3, Samples.At, TimeSpan.FromSeconds(3), 1, ["r1"]))]);

    public ValueTask OrderAsync(string owningTeamId, string queue, QueueOrder order, Actor by)
    {
        Read.Add((owningTeamId, queue, order, by.Id));
        return default;
    }
}
