using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>
/// The work that entries make for runners, take up, set aside and end. Not a projection: who has it and until when is in
/// no entry, so nothing makes it again.
/// </summary>
internal sealed class WorkRows
{
    private readonly EndedRows _over = EndedRows.OfTasks();
    private readonly TaskChangeRows _changed = new();
    private readonly TaskRows _ready = new();

    /// <summary>The tables, in the order in which they are written.</summary>
    public IEnumerable<IRows> Tables => [_over, _changed, _ready];

    /// <summary>Adds what a commit means for the work.</summary>
    /// <param name="after">The instance afterwards.</param>
    /// <param name="entries">What was committed.</param>
    /// <param name="firstPosition">Where it begins in the log.</param>
    /// <param name="work">What its workflow says.</param>
    /// <param name="isLeased">Whether a runner asked, which holds the task.</param>
    public void Add(Instance after, ImmutableArray<SealedEntry> entries, long firstPosition, Work? work, bool isLeased)
    {
        var isNew = entries[0].Entry.Sequence == 1;
        if (after.State is ExecutionState.Completed or ExecutionState.Terminated)
        {
            // After the end there may be entries still, and nothing left to delete.
            if (!isNew && entries.Any(entry => entry.Entry.FromState != after.State))
            {
                _over.Add(after.InstanceId);
            }

            return;
        }

        var (stops, begins, ends) = (false, false, false);
        foreach (var (place, entry) in entries.Index())
        {
            switch (entry.Entry)
            {
                case { Type: EventType.Running, FromState: ExecutionState.Created } when after.State == ExecutionState.Running:
                    Ready(after, firstPosition + place, WorkKind.Start, entry, work);
                    break;
                case { Type: EventType.Resumed }:
                    Ready(after, firstPosition + place, WorkKind.Resume, entry, work);
                    break;
                case { Type: EventType.Running, FromState: ExecutionState.Resumed }:
                    (begins, stops) = (isLeased, !isLeased);
                    break;
                case { Type: EventType.WaitingForHuman }:
                    stops = true;
                    break;
                case { Type: EventType.Suspended }:
                    ends = true;
                    break;
            }
        }

        if (!isNew && (stops || begins || ends))
        {
            _changed.Add(after.InstanceId, stops, begins, ends);
        }
    }

    private void Ready(Instance after, long position, WorkKind kind, SealedEntry entry, Work? work)
    {
        if (work is not null)
        {
            _ready.Add(after, TaskIds.Of(InstanceIds.LogOf(after.InstanceId), position, entry.Entry.At), kind, entry.Entry.At, work);
        }
    }
}
