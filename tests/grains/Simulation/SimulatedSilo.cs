using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Entries;
using Gantral.Grains.Instances;
using Gantral.Grains.Ledger;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>
/// A silo that lives on the simulation's one thread: its grains take turns, and when it dies, whatever it was doing never
/// goes on. What it had handed to the ledger may still happen.
/// </summary>
internal sealed class SimulatedSilo : ILedger
{
    private readonly InMemoryLedger _ledger;
    private readonly PlainGrains _grains;
    private readonly Dictionary<Guid, Queue<TaskCompletionSource>> _lines = [];

    public SimulatedSilo(House house)
    {
        _ledger = house.Ledger;
        _grains = new PlainGrains(this, house.Moments, house.Options);
    }

    /// <summary>The silo whose commit the ledger is looking at.</summary>
    public static SimulatedSilo? Committing { get; private set; }

    public bool IsDead { get; set; }

    /// <summary>Asks an instance, when it is one's turn.</summary>
    public async Task<Reply> AskAsync(Guid instanceId, Func<InstanceGrain, ValueTask<Reply>> request)
    {
        if (_lines.TryGetValue(instanceId, out var line))
        {
            var turn = new TaskCompletionSource();
            line.Enqueue(turn);
            await turn.Task;
        }
        else
        {
            _lines.Add(instanceId, []);
        }

        try
        {
            return await request(_grains.Instance(instanceId));
        }
        finally
        {
            Next(instanceId);
        }
    }

    /// <summary>Forgets an instance that nobody asks.</summary>
    public void Evict(Guid instanceId)
    {
        if (!_lines.ContainsKey(instanceId) && !_grains.Instance(instanceId).OwesFailure)
        {
            _grains.Evict(instanceId);
        }
    }

    public async ValueTask<ImmutableArray<SealedEntry>> ReadAsync(Subject subject, long after = 0) =>
        await LivingAsync(_ledger.ReadAsync(subject, after));

    public async ValueTask<CommitOutcome?> FindAsync(Subject subject, CommandKey key) => await LivingAsync(_ledger.FindAsync(subject, key));

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        await LivingAsync(new ValueTask<bool>(true));
        Committing = this;
        return await LivingAsync(_ledger.CommitAsync(commit));
    }

    private async ValueTask<T> LivingAsync<T>(ValueTask<T> work)
    {
        var done = await work;
        return IsDead ? await new TaskCompletionSource<T>().Task : done;
    }

    private void Next(Guid instanceId)
    {
        if (_lines[instanceId].TryDequeue(out var next))
        {
            next.SetResult();
        }
        else
        {
            _lines.Remove(instanceId);
        }
    }
}
