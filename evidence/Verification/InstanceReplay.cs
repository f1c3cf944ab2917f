using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Replays the authority state machine of one instance from its entries alone, in sequence. It shares the table of
/// edges with the core that wrote them and nothing else: what the core does by construction, this asks of every entry.
/// It never repairs, infers, or evaluates a policy again.
/// </summary>
internal sealed partial class InstanceReplay(string instanceId, GoverningIndex governing)
{
    private readonly Findings _findings = new();
    private Chain? _chain;
    private Entry? _last;
    private LocatedEntry _first;
    private Person? _creator;
    private long _entries;

    /// <summary>What was found in this instance.</summary>
    public Findings Findings => _findings;

    /// <summary>Takes the next entry in sequence.</summary>
    public void Take(LocatedEntry located)
    {
        var entry = located.Entry;
        _entries++;
        _chain ??= new Chain(entry.Subject, _findings);
        if (!_chain.Take(located))
        {
            return;
        }

        if (_last is null)
        {
            _first = located;
            Begin(entry);
        }
        else if (!Equals(entry.Binding, _last.Binding))
        {
            Fail(FindingCode.BindingChanged, entry, "changed what the instance is bound to");
        }

        // The first entry that cannot have happened is the one to be named; what follows from it is only its echo.
        if (_findings.Verdict != Verdict.Invalid)
        {
            CheckEdge(entry);
            if (_chain.Unbroken)
            {
                CheckDetail(located);
            }
        }

        _last = entry;
    }

    /// <summary>Ends the replay.</summary>
    /// <param name="proven">Whether the evidence shows every entry of the log that is not hidden.</param>
    /// <param name="lastHidden">The position of the last hidden one: nothing behind it can be missed.</param>
    public InstanceReport Finish(bool proven, long lastHidden = -1)
    {
        proven &= _chain?.Position > lastHidden;
        if (_first.Entry is not null)
        {
            governing.CheckBinding(_first, _findings);
        }

        var open = _last is null || !StateMachine.IsFinal(_last.State!.Value);
        if (_last is not null && MustGoOn(_last))
        {
            _findings.AddMissing(FindingCode.MissingEntry, new MissingItem("entry", $"instance {instanceId}", _last.Sequence + 1));
        }
        else if (open && !proven)
        {
            _findings.Add(FindingCode.Open, "the instance has not ended, and this evidence alone cannot show that nothing follows");
        }

        return new InstanceReport(
            instanceId,
            _findings.Worst ?? new Finding(FindingCode.Ok, open ? "everything up to the checkpoint was proven" : "everything was proven"),
            _entries,
            _last?.State,
            open);
    }

    private void Begin(Entry entry)
    {
        if (entry.Sequence == 1)
        {
            if (entry.Type != EventType.Created)
            {
                Fail(FindingCode.IllegalEdge, entry, "is not the creation of the instance");
            }

            _creator = entry.Actor.Person;
        }
    }

    private void CheckEdge(Entry entry)
    {
        var from = _chain!.Sequence == 1 ? null : entry.FromState;
        if (_last is not null && _chain.Unbroken && from != _last.State)
        {
            Fail(FindingCode.IllegalEdge, entry, $"says it comes from {Name(from)}, but the instance is {Name(_last.State)}");
            return;
        }

        if (StateMachine.Entered(entry.Type) is { } entered)
        {
            var legal = entered == entry.State && (from is { } before ? StateMachine.Allows(before, entered) : entered == ExecutionState.Created);
            if (!legal)
            {
                Fail(FindingCode.IllegalEdge, entry, $"takes an edge from {Name(from)} to {Name(entry.State)} that does not exist");
            }
        }
        else if (from is null || entry.State != from || !StateMachine.Allows(from.Value, entry.Type))
        {
            Fail(FindingCode.IllegalEvent, entry, $"cannot happen in {Name(from)}");
        }
    }

    private void CheckDetail(LocatedEntry located)
    {
        var entry = located.Entry;
        CheckWhatMustFollow(entry);
        switch (entry.Type)
        {
            case EventType.WaitingForHuman:
                Ask(entry);
                break;
            case EventType.DecisionRecorded or EventType.Approved or EventType.Rejected or EventType.Overridden:
                CheckDecision(located);
                break;
            case EventType.Resumed:
                Resume(entry);
                break;
            case EventType.Running:
                CheckRunning(entry);
                break;
            case EventType.Completed:
                CheckTakenUpInTime(entry);
                break;
            case EventType.Terminated:
                CheckEnd(entry);
                break;
            case EventType.Timeout:
                CheckTimeout(entry);
                break;
            case EventType.Escalated:
                Escalate(entry);
                break;
            case EventType.StepAllowed or EventType.Observed:
                CheckAdvice(entry);
                break;
        }
    }

    // Some entries are written together with the next one, in one commit; another entry in between is a forgery.
    private static bool MustGoOn(Entry last) =>
        StateMachine.IsPassing(last.State!.Value)
        || last.Type == EventType.Timeout
        || (last.Type == EventType.Running && last.FromState == ExecutionState.Created && last.Advice is null);

    private void CheckWhatMustFollow(Entry entry)
    {
        if (_last is null || !MustGoOn(_last))
        {
            return;
        }

        var follows = _last.Type switch
        {
            EventType.Timeout => entry.Type is EventType.Escalated or EventType.Terminated,
            EventType.Running => entry.Type is EventType.WaitingForHuman or EventType.Terminated or EventType.Observed,
            _ => entry.Type is EventType.Resumed or EventType.Terminated,
        };
        if (!follows || entry.Actor != _last.Actor || entry.At != _last.At || entry.CommandId != _last.CommandId)
        {
            Fail(FindingCode.IllegalEvent, entry, $"is not what {Name(_last.Type)} brings with it");
        }
    }

    private void Fail(FindingCode code, Entry entry, string what) =>
        _findings.Add(code, $"entry {entry.Sequence} ({Name(entry.Type)}) {what}");

    private static string Name<T>(T? value) where T : struct, Enum => value is { } known ? WireName.Of(known) : "nothing";

    private static string Name<T>(T value) where T : struct, Enum => WireName.Of(value);
}
