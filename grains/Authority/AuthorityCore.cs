using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Authority;

/// <summary>
/// The deterministic heart: an instance, a command, the workflow's terms and a moment go in, a ruling comes out. No
/// clock, no chance, no I/O. Every state and every command is handled; what the table of the state machine does not
/// have is refused and changes nothing.
/// </summary>
public static class AuthorityCore
{
    /// <summary>Rules on a command.</summary>
    public static Ruling Rule(Instance? instance, Command command, WorkflowTerms terms, Moment moment)
    {
        var draft = new Draft(instance, command, terms, moment);
        if (command is Command.Create create)
        {
            return instance is null ? Create(draft, create) : draft.Refuse(RefusalCode.InvalidTransition, "The instance exists already; create another one under another id.");
        }

        return instance is null
            ? draft.Refuse(RefusalCode.NotFound, "There is no such instance.")
            : command switch
            {
                Command.Outcome outcome when Annotations.CostFault(outcome.Cost) is { } fault => draft.Refuse(RefusalCode.InvalidBody, fault),
                Command.Start start => Start(draft, start),
                Command.RequestAuthority request => Gate.Request(draft, request),
                Command.Decide decide => HumanDecision.Rule(draft, decide),
                Command.Claim claim => RunnerWork.Claim(draft, claim),
                Command.Complete complete => RunnerWork.Complete(draft, complete),
                Command.Fail fail => RunnerWork.Fail(draft, fail),
                Command.Suspend suspend => RunnerWork.Suspend(draft, suspend),
                Command.Expire expire => Expiry.Rule(draft, expire),
                Command.Cancel cancel => Endings.Cancel(draft, cancel),
                Command.FailEvidence => Endings.FailEvidence(draft),
                Command.AttachEvidence attach => Annotations.Attach(draft, attach),
                Command.RecordCost record => Annotations.RecordCost(draft, record),
                Command.Redact redact => Erasure.Redact(draft, redact),
                _ => throw new InvalidOperationException($"{command.GetType().Name} is not a command of an instance."),
            };
    }

    private static Ruling Create(Draft draft, Command.Create create)
    {
        draft.Create(create);
        if (create.StartAnswer is { } answer)
        {
            Gate.Start(draft, answer);
        }

        return draft.Commit();
    }

    private static Ruling Start(Draft draft, Command.Start start)
    {
        if (draft.Instance.State != ExecutionState.Created)
        {
            return draft.RefuseTransition("start");
        }

        if (draft.Instance.TriggerContext is null)
        {
            return draft.Refuse(RefusalCode.InvalidTransition, "The trigger context was erased before the start; create a new instance.");
        }

        Gate.Start(draft, start.Answer);
        return draft.Commit();
    }
}
