using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Authority;

namespace Gantral.Grains.Policies;

/// <summary>
/// Makes one answer of several; in whatever order they come, it is the same. The strictest wins: DENY, then a
/// contradiction, then no answer, then REQUIRE_HUMAN, then ALLOW. A clear DENY wins even where another policy could not
/// be asked: both end the instance, and the log then says what was known.
/// </summary>
public static class Composition
{
    /// <summary>The answer that all of them make. None at all is no answer.</summary>
    public static PolicyAnswer Of(params IReadOnlyList<PolicyAnswer> answers)
    {
        if (answers.Count == 1)
        {
            return answers[0];
        }

        var advised = answers.OfType<PolicyAnswer.Advised>().Select(answer => answer.Advice).ToList();
        if (advised.Exists(advice => advice.Decision == PolicyDecision.Deny))
        {
            return new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Deny));
        }

        var away = answers.OfType<PolicyAnswer.Unavailable>().ToList();
        PolicyAdvice[] demands = [.. advised.Where(advice => advice.Decision == PolicyDecision.RequireHuman), .. away.Select(answer => answer.Demand).OfType<PolicyAdvice>()];
        var demand = Demand(demands);
        if (answers.Any(answer => answer is PolicyAnswer.Conflicting) || (demands.Length > 0 && demand is null))
        {
            return new PolicyAnswer.Conflicting();
        }

        return away.Count > 0 || answers.Count == 0 ? new PolicyAnswer.Unavailable { Demand = demand }
            : new PolicyAnswer.Advised(demand ?? new PolicyAdvice(PolicyDecision.Allow));
    }

    // What satisfies every demand; none where nothing could.
    private static PolicyAdvice? Demand(PolicyAdvice[] demands)
    {
        if (demands.Length == 0 || demands.Any(Contradicts))
        {
            return null;
        }

        if (demands.Length == 1)
        {
            return demands[0];
        }

        PolicyAdvice[] escalating = [.. demands.Where(advice => advice.OnTimeout == OnTimeout.Escalate)];
        var next = escalating.Length == 0 ? [] : Shared(escalating, advice => advice.EscalationRoles);
        var escalates = escalating.Length == demands.Length;
        var composed = new PolicyAdvice(PolicyDecision.RequireHuman)
        {
            EligibleApproverRoles = Shared(demands, advice => advice.EligibleApproverRoles),
            EscalationRoles = escalates ? next : [],
            Timeout = demands.Min(advice => advice.Timeout),
            OnTimeout = escalates ? OnTimeout.Escalate : OnTimeout.FailClosed,
            ApprovalsRequired = demands.Max(advice => advice.ApprovalsRequired),
            DistinctRoles = demands.Any(advice => advice.DistinctRoles),
            ExecuteWithin = demands.Min(advice => advice.ExecuteWithin),
        };
        return Contradicts(composed) || (escalating.Length > 0 && next.IsEmpty) ? null : composed;
    }

    private static bool Contradicts(PolicyAdvice advice) =>
        Gate.Contradicts(advice) || (advice.OnTimeout == OnTimeout.Escalate && advice.EscalationRoles.IsEmpty);

    private static ImmutableArray<string> Shared(PolicyAdvice[] demands, Func<PolicyAdvice, ImmutableArray<string>> roles) =>
        [.. demands.Select(advice => roles(advice).AsEnumerable()).Aggregate((one, other) => one.Intersect(other, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
}
