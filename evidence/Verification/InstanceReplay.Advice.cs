using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;

namespace Gantral.Evidence.Verification;

/// <summary>Advice: only a clear ALLOW lets anything pass, except where policy is only observed.</summary>
internal sealed partial class InstanceReplay
{
    private void CheckRunning(Entry entry)
    {
        CheckTakenUpInTime(entry);
        var start = entry.FromState == ExecutionState.Created;
        if (entry.Advice is { } advice && (!start || advice.Decision != PolicyDecision.Allow || advice.Step is not null))
        {
            Fail(FindingCode.IllegalEvent, entry, "runs on advice that does not allow it");
        }
    }

    private void CheckAdvice(Entry entry)
    {
        var allows = entry.Advice!.Decision == PolicyDecision.Allow;
        var fits = entry.Type == EventType.StepAllowed
            ? allows && entry.Advice.Step is not null
            : !allows && entry.Binding!.Mode == Mode.Observe && (entry.Reason is null ? AsksPeople(entry.Advice) : AdviceFits(entry));
        if (!fits)
        {
            Fail(FindingCode.IllegalEvent, entry, "does not follow from the advice it records");
        }
    }

    private static bool AsksPeople(Advice advice) => advice.Decision == PolicyDecision.RequireHuman && !advice.EligibleApproverRoles.IsEmpty;

    private static bool AdviceFits(Entry entry) => entry.Reason switch
    {
        Reason.PolicyDenied => entry.Advice?.Decision == PolicyDecision.Deny,
        Reason.PolicyUnavailable => entry.Advice is { Decision: null },
        Reason.ConflictingPolicy => entry.Advice?.Decision is null or PolicyDecision.RequireHuman && entry.Advice is not null,
        _ => false,
    };
}
