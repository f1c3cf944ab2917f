using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Reports;

/// <summary>What policy said at a boundary.</summary>
/// <param name="Decision">ALLOW, REQUIRE_HUMAN, DENY, POLICY_UNAVAILABLE or CONFLICTING_POLICY.</param>
/// <param name="Roles">Who may decide, in order and with commas between; empty where nobody is asked.</param>
public sealed record BoundaryOutcome(string Decision, string Roles)
{
    /// <summary>What an entry records; none for an entry that is no boundary.</summary>
    internal static BoundaryOutcome? Of(Entry entry) => entry switch
    {
        { Type: EventType.WaitingForHuman, Authority: { } asked } => new(WireName.Of(PolicyDecision.RequireHuman), Join(asked.EligibleApproverRoles)),
        { Advice: null } => null,
        { Reason: Reason.PolicyUnavailable or Reason.ConflictingPolicy } => new(WireName.Of(entry.Reason.Value), ""),
        { Advice: { Decision: { } decision } advice } => new(WireName.Of(decision), Join(advice.EligibleApproverRoles)),
        _ => null,
    };

    /// <summary>What an answer comes to.</summary>
    internal static BoundaryOutcome Of(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Advised { Advice: { } advice } => new(WireName.Of(advice.Decision), advice.Decision == PolicyDecision.RequireHuman ? Join(advice.EligibleApproverRoles) : ""),
        PolicyAnswer.Conflicting => new(WireName.Of(Reason.ConflictingPolicy), ""),
        _ => new(WireName.Of(Reason.PolicyUnavailable), ""),
    };

    private static string Join(ImmutableArray<string> roles) => string.Join(',', roles.Order(StringComparer.Ordinal));
}
