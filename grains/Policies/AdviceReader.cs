using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>Reads what a rule says. What could never be acted on is refused here, and not found out by an instance.</summary>
internal static class AdviceReader
{
    private const int MostApprovals = 100;

    /// <summary>What is said where nothing is.</summary>
    public static PolicyAdvice Deny { get; } = new(PolicyDecision.Deny);

    /// <summary>Advice that stands alone.</summary>
    public static PolicyAdvice Advice(DefinitionNode node)
    {
        var fields = node.Fields();
        var advice = Advice(node, fields);
        fields.End();
        return advice;
    }

    /// <summary>Advice among other fields.</summary>
    public static PolicyAdvice Advice(DefinitionNode owner, DefinitionFields fields)
    {
        var advice = Read(fields);
        if (Contradiction(advice) is { } contradiction)
        {
            owner.Fail(contradiction);
        }

        return advice;
    }

    /// <summary>Advice as it stands, also where it contradicts itself.</summary>
    public static PolicyAdvice Read(DefinitionFields fields)
    {
        var decision = fields.Required("decision").Word<PolicyDecision>();
        if (decision != PolicyDecision.RequireHuman)
        {
            return new PolicyAdvice(decision);
        }

        return new PolicyAdvice(decision)
        {
            EligibleApproverRoles = fields.Required("eligible_approver_roles").Names(),
            EscalationRoles = fields.Optional("escalation_roles")?.Names() ?? [],
            Timeout = fields.Optional("timeout")?.Duration(),
            OnTimeout = fields.Optional("on_timeout")?.Word<OnTimeout>() ?? OnTimeout.FailClosed,
            ApprovalsRequired = fields.Optional("approvals_required")?.Count(1, MostApprovals) ?? 1,
            DistinctRoles = fields.Optional("distinct_roles")?.Flag() ?? false,
            ExecuteWithin = fields.Optional("execute_within")?.Duration(),
        };
    }

    /// <summary>Why advice can never be acted on, or nothing.</summary>
    public static string? Contradiction(PolicyAdvice advice) =>
        advice.Decision != PolicyDecision.RequireHuman ? null
        : advice.EligibleApproverRoles.IsEmpty ? "requires a person, but eligible_approver_roles names nobody"
        : advice.DistinctRoles && advice.ApprovalsRequired > advice.EligibleApproverRoles.Length ? "requires more approvals in distinct roles than there are eligible_approver_roles"
        : advice.OnTimeout == OnTimeout.Escalate && advice.Timeout is null ? "escalates on a timeout, but gives no timeout"
        : advice.OnTimeout == OnTimeout.Escalate && advice.EscalationRoles.IsEmpty ? "escalates on a timeout, but escalation_roles names nobody"
        : null;
}
