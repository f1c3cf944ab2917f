using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Gateway.Answers;

namespace Gantral.Silo.Gateway.Policies;

/// <summary>What came of a dry run: the advice, or why there is none, and how the policy came to it.</summary>
internal static class TrialBody
{
    public static void Write(Utf8JsonWriter json, PolicyTrial trial)
    {
        json.WriteString("policy_version_id", trial.PolicyVersionId);
        Write(json, (trial.Answer as PolicyAnswer.Advised)?.Advice);
        json.Word("reason", ReasonOf(trial.Answer));
        json.Word("failure", trial.Failure);
        json.WriteString("rule", trial.Rule);
        json.WriteStartArray("members");
        foreach (var member in trial.Members)
        {
            json.WriteStartObject();
            Write(json, member);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PolicyAdvice? advice)
    {
        json.Word("decision", advice?.Decision);
        if (advice is { Decision: PolicyDecision.RequireHuman })
        {
            json.Texts("eligible_approver_roles", advice.EligibleApproverRoles);
            json.Texts("escalation_roles", advice.EscalationRoles);
            json.Duration("timeout", advice.Timeout);
            json.Word<OnTimeout>("on_timeout", advice.OnTimeout);
            json.WriteNumber("approvals_required", advice.ApprovalsRequired);
            json.WriteBoolean("distinct_roles", advice.DistinctRoles);
            json.Duration("execute_within", advice.ExecuteWithin);
        }
    }

    // Where there is no advice, an instance would end for this reason, unless its workflow lets people be asked instead.
    private static Reason? ReasonOf(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Conflicting => Reason.ConflictingPolicy,
        PolicyAnswer.Unavailable => Reason.PolicyUnavailable,
        _ => null,
    };
}
