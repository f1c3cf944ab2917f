using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Authority;

/// <summary>Ends that neither a decision nor the work itself brings about.</summary>
internal static class Endings
{
    /// <summary>Somebody stops the instance.</summary>
    public static Ruling Cancel(Draft draft, Command.Cancel cancel)
    {
        if (StateMachine.IsFinal(draft.Instance.State))
        {
            return draft.RefuseTransition("cancel");
        }

        if (cancel.Justification is null)
        {
            draft.Terminate(Reason.Cancelled);
            return draft.Commit();
        }

        if (!HumanDecision.TryNormalise(cancel.Justification, out var why))
        {
            return draft.Refuse(RefusalCode.JustificationRequired, "A cancellation needs no justification, but one that is given has 3 to 4,000 characters that are not only white space.");
        }

        draft.Terminate(Reason.Cancelled, null, draft.Private(PrivateFieldNames.Justification, why));
        return draft.Commit();
    }

    /// <summary>The evidence of a transition could not be produced.</summary>
    public static Ruling FailEvidence(Draft draft)
    {
        if (StateMachine.IsFinal(draft.Instance.State))
        {
            return draft.RefuseTransition("end for want of evidence");
        }

        draft.Terminate(Reason.EvidenceFailure);
        return draft.Commit();
    }
}
