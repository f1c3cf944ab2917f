using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;

namespace Gantral.Grains.Authority;

/// <summary>What happens when a deadline passes. Never an approval.</summary>
internal static class Expiry
{
    /// <summary>Rules on a reminder. A reminder that comes early, late or twice finds nothing due and changes nothing.</summary>
    public static Ruling Rule(Draft draft, Command.Expire expire)
    {
        switch (expire.Deadline)
        {
            case Deadline.Decision when IsDecisionDue(draft):
                ExpireDecision(draft);
                break;
            case Deadline.Execution when IsExecutionDue(draft):
                ExpireExecution(draft);
                break;
            case Deadline.Lease when draft.Instance.State == ExecutionState.Running:
                draft.Terminate(Reason.RunnerLost);
                break;
            case Deadline.Retention:
                return Erasure.Forget(draft, expire.Kept);
        }

        return draft.Commit();
    }

    /// <summary>Whether the time to decide is over.</summary>
    public static bool IsDecisionDue(Draft draft) =>
        draft.Instance is { State: ExecutionState.WaitingForHuman, Pending.Request.DecideBy: { } decideBy } && draft.Now >= decideBy;

    /// <summary>Whether the time to take up an approval is over.</summary>
    public static bool IsExecutionDue(Draft draft) =>
        draft.Instance is { State: ExecutionState.Resumed, ExecuteBy: { } executeBy } && draft.Now >= executeBy;

    /// <summary>Nobody decided: fail closed, or ask the escalation roles for as long again.</summary>
    public static void ExpireDecision(Draft draft)
    {
        var pending = draft.Instance.Pending!;
        var request = pending.Request;
        draft.Record(EventType.Timeout, AsSystem);
        if (request.OnTimeout != OnTimeout.Escalate || request.EscalationRoles.IsEmpty)
        {
            draft.Enter(ExecutionState.Terminated, entry => AsSystem(entry) with { Reason = Reason.Timeout });
            return;
        }

        var escalated = request with
        {
            EligibleApproverRoles = request.EscalationRoles,
            EscalationRoles = [],
            OnTimeout = OnTimeout.FailClosed,
            DecideBy = draft.Now.Plus(request.DecideBy!.Value.Since(pending.Since)),
        };
        draft.Record(EventType.Escalated, entry => AsSystem(entry) with { Authority = escalated });
    }

    /// <summary>An approval was not taken up in time.</summary>
    public static void ExpireExecution(Draft draft) =>
        draft.Enter(ExecutionState.Terminated, entry => AsSystem(entry) with { Reason = Reason.ApprovalExpired });

    // A late command only brings the expiry to light; time did it, not whoever sent the command.
    private static Entry AsSystem(Entry entry) => entry with { Actor = Actor.System };
}
