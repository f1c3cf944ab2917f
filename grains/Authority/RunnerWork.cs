using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Authority;

/// <summary>What runners report: work taken up, finished, failed or suspended.</summary>
internal static class RunnerWork
{
    /// <summary>A process takes up the work. Only a new process after a decision changes the state.</summary>
    public static Ruling Claim(Draft draft, Command.Claim claim)
    {
        var state = draft.Instance.State;
        if (claim.Kind == WorkKind.Start)
        {
            return state == ExecutionState.Running ? draft.Commit() : draft.RefuseTransition("begin the work");
        }

        if (state != ExecutionState.Resumed)
        {
            return draft.RefuseTransition("take up the work");
        }

        if (RefuseExpired(draft, "take up the work") is { } expired)
        {
            return expired;
        }

        draft.Enter(ExecutionState.Running);
        return draft.Commit();
    }

    /// <summary>The agent finished.</summary>
    public static Ruling Complete(Draft draft, Command.Complete complete)
    {
        if (draft.Instance.State is not (ExecutionState.Running or ExecutionState.Resumed))
        {
            return draft.RefuseTransition("complete");
        }

        if (RefuseExpired(draft, "complete") is { } expired)
        {
            return expired;
        }

        Annotate(draft, complete);
        draft.Enter(ExecutionState.Completed);
        return draft.Commit();
    }

    /// <summary>The agent failed, before, while or after a person was asked.</summary>
    public static Ruling Fail(Draft draft, Command.Fail fail)
    {
        if (draft.Instance.State is not (ExecutionState.Running or ExecutionState.WaitingForHuman or ExecutionState.Resumed))
        {
            return draft.RefuseTransition("fail");
        }

        Annotate(draft, fail);
        draft.Terminate(Reason.AgentFailed, null, fail.Error is { } error ? [draft.Private(PrivateFieldNames.Error, error)] : []);
        return draft.Commit();
    }

    /// <summary>The agent checkpointed and exited. If nobody is asked yet, somebody is now.</summary>
    public static Ruling Suspend(Draft draft, Command.Suspend suspend)
    {
        var state = draft.Instance.State;
        if (state is not (ExecutionState.Running or ExecutionState.WaitingForHuman or ExecutionState.Resumed))
        {
            return draft.RefuseTransition("suspend");
        }

        Annotate(draft, suspend);
        draft.Record(EventType.Suspended, null, suspend.Checkpoint is { } checkpoint ? [draft.Private(PrivateFieldNames.Checkpoint, checkpoint)] : []);
        if (state != ExecutionState.Running)
        {
            return draft.Commit();
        }

        if (draft.Instance.Context is not { } context)
        {
            return Unchanged(draft, "The context was erased, so nobody can be shown what to decide on; report the outcome as FAILED.");
        }

        return Gate.TryStopFor(draft, draft.Private(PrivateFieldNames.ContextSnapshot, context), suspend.Answer)
            ? draft.Commit()
            : Unchanged(draft, "Neither policy nor the workflow's default_approver_roles names anybody who could decide; report the outcome as FAILED, or register a workflow version that names them.");
    }

    private static void Annotate(Draft draft, Command.Outcome outcome)
    {
        if (outcome.Evidence is { } evidence)
        {
            draft.Record(EventType.EvidenceAttached, null, draft.Private(PrivateFieldNames.Evidence, evidence));
        }

        if (outcome.Cost is { } cost)
        {
            draft.Record(EventType.CostRecorded, entry => entry with { Cost = cost });
        }
    }

    private static Ruling? RefuseExpired(Draft draft, string what)
    {
        if (!Expiry.IsExecutionDue(draft))
        {
            return null;
        }

        Expiry.ExpireExecution(draft);
        return draft.RefuseTransition($"{what}: the approval was not taken up in time, and its expiry was committed first");
    }

    // What was drafted is dropped: a refused outcome leaves no trace.
    private static Ruling Unchanged(Draft draft, string message) =>
        new(draft.Before, [], new Refusal(RefusalCode.InvalidTransition, $"Cannot suspend: {message}"));
}
