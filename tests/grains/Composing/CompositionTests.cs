using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Gantral.Grains.Tests.Policy;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Composing;

/// <summary>What several policies say together.</summary>
public sealed class CompositionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void What_all_allow_is_allowed() => Assert.Equal(PolicyDecision.Allow, Advice(Life.Allow, Life.Allow, Life.Allow).Decision);

    [Fact]
    public void One_that_requires_a_person_beats_all_that_allow() => Assert.Equal(PolicyDecision.RequireHuman, Advice(Life.Allow, Life.Ask(), Life.Allow).Decision);

    [Fact]
    public void One_that_denies_beats_everything()
    {
        Assert.Equal(PolicyDecision.Deny, Advice(Life.Allow, Life.Ask(), Life.Deny).Decision);
        Assert.Equal(PolicyDecision.Deny, Advice(Gates.Unavailable, Life.Deny).Decision);
        Assert.Equal(PolicyDecision.Deny, Advice(Gates.Conflicting, Life.Deny).Decision);
    }

    [Fact]
    public void One_that_is_away_is_never_made_up_for_by_those_that_allow()
    {
        Assert.IsType<PolicyAnswer.Unavailable>(Composition.Of(Life.Allow, Gates.Unavailable));
        Assert.IsType<PolicyAnswer.Unavailable>(Composition.Of());
    }

    [Fact]
    public void One_that_is_away_does_not_make_forgotten_what_another_demands()
    {
        var answer = Assert.IsType<PolicyAnswer.Unavailable>(Composition.Of(Gates.Unavailable, Life.Ask(roles: ["cfo"]), Life.Allow));
        Assert.Equal(["cfo"], answer.Demand!.EligibleApproverRoles.AsEnumerable());
        Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(answer, Life.Ask(roles: ["cto"])));
    }

    [Fact]
    public void A_contradiction_beats_one_that_is_away() => Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(Gates.Unavailable, Gates.Conflicting));

    [Fact]
    public void Who_may_decide_is_who_all_of_them_name() =>
        Assert.Equal(["b", "c"], Advice(Life.Ask(roles: ["a", "b", "c"]), Life.Ask(roles: ["c", "b"]), Life.Ask(roles: ["b", "x", "c"])).EligibleApproverRoles.AsEnumerable());

    [Fact]
    public void Two_that_name_nobody_in_common_contradict_each_other() =>
        Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(Life.Ask(roles: ["a"]), Life.Ask(roles: ["b"])));

    [Fact]
    public void Every_term_is_the_strictest_one()
    {
        var advice = Advice(
            Life.Ask(Hour, approvals: 2, executeWithin: 2 * Hour, roles: ["a", "b"]),
            Life.Ask(2 * Hour, distinct: true, executeWithin: Hour, roles: ["a", "b"]),
            Life.Ask(roles: ["a", "b"]));

        Assert.Equal((Hour, Hour, 2, true), (advice.Timeout, advice.ExecuteWithin, advice.ApprovalsRequired, advice.DistinctRoles));
    }

    [Fact]
    public void One_that_fails_closed_keeps_all_from_escalating()
    {
        var escalates = Life.Ask(Hour, OnTimeout.Escalate, escalation: ["cto", "cfo"]);
        var both = Advice(escalates, Life.Ask(Hour, OnTimeout.Escalate, escalation: ["cfo", "ceo"]));
        Assert.Equal((OnTimeout.Escalate, "cfo"), (both.OnTimeout, Assert.Single(both.EscalationRoles)));

        var closed = Advice(escalates, Life.Ask(Hour));
        Assert.Equal((OnTimeout.FailClosed, 0), (closed.OnTimeout, closed.EscalationRoles.Length));
        Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(escalates, Life.Ask(Hour, OnTimeout.Escalate, escalation: ["ceo"])));
    }

    [Fact]
    public void Terms_that_only_together_cannot_be_met_contradict_each_other() =>
        Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(Life.Ask(approvals: 2, distinct: true, roles: ["a", "b"]), Life.Ask(roles: ["b", "c"])));

    [Fact]
    public void One_that_contradicts_itself_makes_all_of_them_contradict() =>
        Assert.IsType<PolicyAnswer.Conflicting>(Composition.Of(Life.Allow, Life.Ask(approvals: 0), Life.Ask()));

    private static PolicyAdvice Advice(params PolicyAnswer[] answers) => Assert.IsType<PolicyAnswer.Advised>(Composition.Of(answers)).Advice;
}
