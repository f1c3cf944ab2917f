using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>What is listed and what is timed: each a function of the entries of one subject alone, so that they can make it again.</summary>
internal sealed class ProjectionRows
{
    private readonly InstanceRows _instances = new();
    private readonly EndedRows _answered = EndedRows.OfInbox();
    private readonly InboxRows _waiting = new();
    private readonly EndedRows _stopped = EndedRows.OfTimers();
    private readonly TimerRows _running = new();
    private readonly DelegationRows _lent = new();
    private readonly RevokedRows _revoked = new();
    private readonly WorkflowRows _workflows = new();
    private readonly PolicyRows _policies = new();
    private readonly DecisionRows _decided = new();
    private readonly CostRows _spent = new();

    /// <summary>The tables, in the order in which they are written.</summary>
    public IEnumerable<IRows> Tables => [_instances, _answered, _waiting, _stopped, _running, _lent, _revoked, _workflows, _policies, _decided, _spent];

    /// <summary>Adds what one entry by itself changes, whatever it is about. Most change nothing.</summary>
    public void Add(Entry entry)
    {
        switch (entry.Type)
        {
            case EventType.DelegationGranted:
                _lent.Add(entry);
                break;
            case EventType.DelegationRevoked:
                _revoked.Add(entry);
                break;
            case EventType.WorkflowRegistered:
                _workflows.Add(entry);
                break;
            case EventType.PolicyRegistered:
                _policies.Add(entry);
                break;
            case EventType.CostRecorded:
                _spent.Add(entry);
                break;
            case EventType.DecisionRecorded or EventType.Approved or EventType.Rejected or EventType.Overridden:
                _decided.Add(entry);
                break;
        }
    }

    /// <summary>Adds the rows of an instance as entries leave it.</summary>
    public void Add(Instance after, ImmutableArray<SealedEntry> entries, TimeSpan? retention)
    {
        // No entry says for how long content is kept, so nothing makes this row again, and `rebuild` leaves it alone.
        if (retention is { } kept && after.EndedAt is { } ended && entries.Any(entry => entry.Entry.FromState != after.State))
        {
            _running.Add(after.InstanceId, Deadline.Retention, ended.Plus(kept));
        }

        var left = entries.Where(entry => entry.Entry.FromState != entry.Entry.State).Select(entry => entry.Entry.FromState);
        Add(after, wasPending: left.Any(state => state is ExecutionState.WaitingForHuman or ExecutionState.Resumed));
    }

    /// <summary>Adds the rows of an instance.</summary>
    /// <param name="after">The instance.</param>
    /// <param name="wasPending">Whether there may be rows of what it waited for.</param>
    public void Add(Instance after, bool wasPending)
    {
        _instances.Add(after);
        if (after.State == ExecutionState.WaitingForHuman)
        {
            _waiting.Add(after);
        }
        else if (wasPending)
        {
            _answered.Add(after.InstanceId);
        }

        if (TimerRows.Of(after) is { } timer)
        {
            _running.Add(after.InstanceId, timer.Deadline, timer.DueAt);
        }
        else if (wasPending)
        {
            _stopped.Add(after.InstanceId);
        }
    }
}
