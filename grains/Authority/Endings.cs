using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;

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

        draft.Terminate(Reason.Cancelled, null, cancel.Justification is { } why ? [draft.Private(PrivateFieldNames.Justification, why)] : []);
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
