using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;

namespace Gantral.Grains.Authority;

/// <summary>Who may decide on what is pending.</summary>
internal static class Eligibility
{
    /// <summary>Why a person may not decide here, or nothing.</summary>
    public static string? Fault(Draft draft, Command.Decide decide)
    {
        var pending = draft.Instance.Pending!;
        return PersonFault(draft.Instance, pending, decide.Actor.Person, "You")
            ?? (pending.Request.EligibleApproverRoles.Contains(decide.Role, StringComparer.Ordinal)
                ? null
                : $"The role '{decide.Role}' may not decide here; {string.Join(", ", pending.Request.EligibleApproverRoles)} may.")
            ?? (decide.Delegation is { } delegation ? DelegationFault(draft, pending, decide, delegation)
                : decide.IsDelegated ? "You cannot decide under this delegation."
                : HeldFault(decide))
            ?? QuorumFault(pending, decide);
    }

    private static string? PersonFault(Instance instance, Pending pending, Person person, string who) =>
        person == instance.Creator.Person ? $"{who} created this instance; somebody else decides on it."
        : person == pending.RequestedBy.Person ? $"{who} asked for this decision; somebody else makes it."
        : null;

    private static string? HeldFault(Command.Decide decide) =>
        decide.HeldRoles.Contains(decide.Role, StringComparer.Ordinal)
            ? null
            : $"Your token does not hold the role '{decide.Role}'.";

    // A delegation lends what its grantor could do, and never more: what bars the grantor bars the delegate.
    private static string? DelegationFault(Draft draft, Pending pending, Command.Decide decide, Delegation delegation)
    {
        var grant = delegation.Grant;
        return decide.Actor.Person != grant.To ? "This delegation was given to somebody else."
            : delegation.OwningTeamId != draft.Instance.Binding.OwningTeamId ? "This delegation is for another team."
            : grant.Role != decide.Role ? $"This delegation is for the role '{grant.Role}'."
            : delegation.RevokedAt is { } revokedAt ? $"This delegation was revoked at {revokedAt}."
            : draft.Now < delegation.GrantedAt ? $"This delegation begins at {delegation.GrantedAt}."
            : draft.Now >= grant.Until ? $"This delegation ended at {grant.Until}."
            : PersonFault(draft.Instance, pending, delegation.Reference.Grantor, "Whoever delegated to you");
    }

    private static string? QuorumFault(Pending pending, Command.Decide decide)
    {
        if (decide.DecisionType != DecisionType.Approve)
        {
            return null;
        }

        foreach (var approval in pending.Approvals)
        {
            if (Involves(approval, decide.Actor.Person) || (decide.Delegation is { } delegation && Involves(approval, delegation.Reference.Grantor)))
            {
                return "You, or the person you act for, approved this already; one person counts once, in whatever role.";
            }

            if (pending.Request.DistinctRoles && approval.Approver.Role == decide.Role)
            {
                return $"Somebody approved as '{decide.Role}' already; this gate needs a different role for each approval.";
            }
        }

        return null;
    }

    private static bool Involves(Approval approval, Person person) =>
        approval.Approver.Person == person || approval.Grantor == person;
}
