using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>Deadlines and ends: nothing before its time, nothing after it, and every end for the reason it gives.</summary>
internal sealed partial class InstanceReplay
{
    private Instant? _executeBy;
    private TimeSpan? _timeout;

    private void OpenDeadline(Entry entry)
    {
        _timeout = entry.Authority!.DecideBy?.Since(entry.At);
        if (_timeout <= TimeSpan.Zero)
        {
            Fail(FindingCode.IllegalEvent, entry, "leaves no time to decide");
        }
    }

    private void CheckTimeout(Entry entry)
    {
        if (_pending?.DecideBy is not { } decideBy || entry.At < decideBy)
        {
            Fail(FindingCode.IllegalEvent, entry, "says that time is over before it is");
        }

        CheckSystem(entry);
    }

    private void Escalate(Entry entry)
    {
        var now = entry.Authority!;
        CheckSystem(entry);
        if (_last?.Type != EventType.Timeout || _pending is not { OnTimeout: OnTimeout.Escalate } before
            || !now.EligibleApproverRoles.AsSpan().SequenceEqual(before.EscalationRoles.AsSpan())
            || !now.EscalationRoles.IsEmpty
            || now.OnTimeout != OnTimeout.FailClosed
            || now.ContextSnapshotHash != before.ContextSnapshotHash || now.Step != before.Step
            || now.ApprovalsRequired != before.ApprovalsRequired || now.DistinctRoles != before.DistinctRoles
            || now.ExecuteWithin != before.ExecuteWithin || now.DecideBy?.Since(entry.At) != _timeout)
        {
            Fail(FindingCode.IllegalEvent, entry, "asks something else than what was escalated");
        }

        _pending = now;
        _approvals.Clear();
    }

    private void Resume(Entry entry)
    {
        _executeBy = _pending?.ExecuteWithin is { } within ? entry.At.Plus(within) : null;
        _pending = null;
    }

    private void CheckTakenUpInTime(Entry entry)
    {
        if (entry.FromState == ExecutionState.Resumed && _executeBy is { } executeBy && entry.At >= executeBy)
        {
            Fail(FindingCode.ApprovalExpired, entry, $"takes up an approval that expired at {executeBy}");
        }

        _executeBy = null;
    }

    private void CheckEnd(Entry entry)
    {
        var fits = entry.Reason switch
        {
            Reason.Rejected => entry.FromState == ExecutionState.Rejected,
            Reason.Timeout => _last?.Type == EventType.Timeout && !CanEscalate && IsSystem(entry),
            Reason.ApprovalExpired => entry.FromState == ExecutionState.Resumed && entry.At >= _executeBy && IsSystem(entry),
            Reason.EvidenceFailure => IsSystem(entry),
            Reason.RunnerLost => entry.FromState == ExecutionState.Running && IsSystem(entry),
            Reason.AgentFailed => entry.FromState is ExecutionState.Running or ExecutionState.WaitingForHuman or ExecutionState.Resumed,
            Reason.PolicyDenied or Reason.PolicyUnavailable or Reason.ConflictingPolicy =>
                entry.FromState == ExecutionState.Running && entry.Binding!.Mode == Mode.Enforce && AdviceFits(entry),
            _ => true,
        };

        // A refusal and a timeout end the instance for no other reason than themselves.
        fits &= (entry.FromState != ExecutionState.Rejected || entry.Reason == Reason.Rejected)
            && (_last?.Type != EventType.Timeout || entry.Reason == Reason.Timeout);
        if (!fits)
        {
            Fail(FindingCode.IllegalEvent, entry, $"cannot end {Name(entry.FromState)} for {Name(entry.Reason)} here");
        }

        _pending = null;
        _executeBy = null;
    }

    private bool CanEscalate => _pending is { OnTimeout: OnTimeout.Escalate, EscalationRoles.IsEmpty: false };

    private void CheckSystem(Entry entry)
    {
        if (!IsSystem(entry))
        {
            Fail(FindingCode.IllegalEvent, entry, "was not brought about by time");
        }
    }

    private static bool IsSystem(Entry entry) => entry.Actor.Kind == ActorKind.System;
}
