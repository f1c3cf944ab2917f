using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;

namespace Gantral.Silo.Queues;

/// <summary>
/// Hands work to runners. A claim takes the row first, in a statement of its own; only then is the instance told, which
/// commits nothing unless the row is still held. Whoever dies in between leaves a lease that lapses.
/// </summary>
internal sealed class WorkQueues(PostgresLedger ledger, IGrains grains, IConnections connections, TimeProvider time) : IWorkQueues, IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(30);

    private readonly TaskClaims _claims = new(ledger.Source);
    private readonly QueueReader _reader = new(ledger.Source);
    private readonly QueueWatch _watch = new(new QueueReader(ledger.Source), time, BetweenLooks);

    /// <summary>How many runners wait for work.</summary>
    public int WaitingRunners => _watch.Waiting;

    /// <inheritdoc/>
    public async Task<ImmutableArray<HandedTask>> ClaimAsync(WorkClaim claim, CancellationToken gone)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var handed = await TryClaimAsync(claim, gone);
            var left = claim.Wait - time.GetElapsedTime(since);
            if (handed.Length > 0 || left <= TimeSpan.Zero || !await _watch.WaitAsync(claim.Teams, claim.Queue, left, gone))
            {
                return handed;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Guid?> InstanceOfAsync(Guid taskId)
    {
        var (log, position, at) = TaskIds.Read(taskId);
        return log > 0 && await ledger.Entries.OfLogAsync(log, position, 1) is [{ Position: var found, Sealed.Entry: var entry }]
            && found == position && entry.At == at && entry.Subject.Type == SubjectType.Instance && entry.Type is EventType.Running or EventType.Resumed
                ? Guid.ParseExact(entry.Subject.Id, "D")
                : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> HoldsAsync(Guid instanceId, Lease lease) => await StorageFault.AsUnavailableAsync(() => _claims.HoldsAsync(instanceId, lease));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlySet<Guid>> RunnableAsync(IReadOnlyCollection<Guid> running)
    {
        try
        {
            return await StorageFault.AsUnavailableAsync(() => _reader.RunnableAsync(running));
        }
        catch (LedgerUnavailableException)
        {
            // Whoever was told that a command was done must not be told now that it was not.
            return FrozenSet<Guid>.Empty;
        }
    }

    /// <inheritdoc/>
    public long Moment() => ledger.HeldBack.Moment();

    /// <inheritdoc/>
    public bool IsFree(string owningTeamId, long since) => ledger.HeldBack.IsFree(owningTeamId, since);

    /// <inheritdoc/>
    public async ValueTask<Instant?> ExtendAsync(Guid instanceId, Lease lease, TimeSpan duration) =>
        await StorageFault.AsUnavailableAsync(() => _claims.ExtendAsync(instanceId, lease, duration));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<QueueFigures>> ListAsync(ImmutableArray<string> teams, string? queue = null) =>
        await StorageFault.AsUnavailableAsync(() => _reader.ListAsync(teams, queue));

    /// <inheritdoc/>
    public async ValueTask OrderAsync(string owningTeamId, string queue, QueueOrder order, Actor by) => await StorageFault.AsUnavailableAsync(async () =>
    {
        await _reader.OrderAsync(owningTeamId, queue, order, by);
        return true;
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private async Task<ImmutableArray<HandedTask>> TryClaimAsync(WorkClaim claim, CancellationToken gone)
    {
        var claimed = new List<ClaimedTask>();
        foreach (var team in claim.Teams)
        {
            if (claimed.Count < claim.Most)
            {
                claimed.AddRange(await StorageFault.AsUnavailableAsync(() => _claims.ClaimAsync(team, claim.Queue, claim.Most - claimed.Count, claim.Lease, claim.RunnerId)));
            }
        }

        var handed = await Task.WhenAll(claimed
            .GroupBy(task => (task.OwningTeamId, task.WorkflowId, task.WorkflowVersion))
            .Select(tasks => HandOutAsync(claim.Caller, [.. tasks], gone)));
        return [.. handed.SelectMany(tasks => tasks)];
    }

    // What the work needs is looked up before an instance hears of it: an approval must not be used up by a lookup that fails.
    private async Task<IEnumerable<HandedTask>> HandOutAsync(Caller runner, ImmutableArray<ClaimedTask> ofOneWorkflow, CancellationToken gone)
    {
        var connections = await ConnectionsAsync(ofOneWorkflow[0]);
        return (await Task.WhenAll(ofOneWorkflow.Select(task => HandOutAsync(runner, task, connections, gone)))).OfType<HandedTask>();
    }

    private async Task<ImmutableArray<Connection>> ConnectionsAsync(ClaimedTask task)
    {
        var used = (await grains.Workflow(task.WorkflowId, task.WorkflowVersion).ReadAsync())!.Connections;
        var found = used.IsEmpty ? [] : await connections.FindAsync(task.OwningTeamId, used);
        return found.Length == used.Length
            ? found
            : throw new InvalidOperationException($"Of the connections of {task.WorkflowId}@{task.WorkflowVersion} not all are there, though none is ever taken away; restore the table connection.");
    }

    private async Task<HandedTask?> HandOutAsync(Caller runner, ClaimedTask task, ImmutableArray<Connection> connections, CancellationToken gone)
    {
        var grain = grains.Instance(task.InstanceId);
        if (gone.IsCancellationRequested)
        {
            // Nobody is there to take it: an approval must not be used up by a runner that has hung up.
            await GiveBackAsync(task);
            return null;
        }

        if (task.IsCounted)
        {
            // Begun, or begun again: the instance runs already.
            if (await grain.ReadAsync() is { State: ExecutionState.Running } running)
            {
                return new(task.Lease, task.Kind, task.Attempt, task.LeaseUntil, running, connections);
            }
        }
        else
        {
            var reply = await grain.ClaimAsync(runner with { Key = task.Key, Lease = task.Lease }, task.Kind);
            if (reply.Refusal is null)
            {
                return new(task.Lease, task.Kind, task.Attempt + 1, task.LeaseUntil, reply.Instance!, connections);
            }
        }

        await GiveBackAsync(task);
        return null;
    }

    // No runner has heard of it, so it may be had again at once.
    private async Task GiveBackAsync(ClaimedTask task) => await StorageFault.AsUnavailableAsync(async () =>
    {
        await _claims.GiveBackAsync(task);
        return true;
    });
}
