using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Quorum;

public sealed class QuorumTests
{
    private static readonly ImmutableArray<string> Roles = ["release-manager", "security", "cto"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void As_many_people_approve_as_are_needed_and_the_last_of_them_resumes(int needed)
    {
        var life = Gate(needed);
        for (var i = 1; i < needed; i++)
        {
            Assert.Equal("DECISION_RECORDED", Approves(life, $"person-{i}"));
            Assert.Equal(i, life.Instance!.Pending!.Approvals.Length);
        }

        Assert.Equal("APPROVED RESUMED", Approves(life, "the-last"));
    }

    [Fact]
    public void Nobody_counts_twice()
    {
        var life = Gate(2);
        life.Decide("alice", DecisionType.Approve);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Approve));
    }

    [Fact]
    public void Nobody_counts_twice_in_another_role()
    {
        var life = Gate(2);
        life.Decide("alice", DecisionType.Approve);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Approve, "security"));
    }

    [Fact]
    public void Two_people_may_share_a_role_unless_roles_must_be_distinct()
    {
        var life = Gate(2);
        life.Decide("alice", DecisionType.Approve);
        Assert.Equal("APPROVED RESUMED", Approves(life, "bob"));

        var strict = Gate(2, distinct: true);
        strict.Decide("alice", DecisionType.Approve);
        strict.RefusesWithoutTrace("not_eligible", id => strict.Decision(id, "bob", DecisionType.Approve));
        Assert.Equal("APPROVED RESUMED", Approves(strict, "bob", "security"));
    }

    [Fact]
    public void Distinct_roles_do_not_let_one_person_count_twice()
    {
        var life = Gate(3, distinct: true);
        life.Decide("alice", DecisionType.Approve);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Approve, "cto"));
    }

    [Fact]
    public void One_refusal_ends_it_whoever_approved_before()
    {
        var life = Gate(3);
        life.Decide("alice", DecisionType.Approve).Decide("bob", DecisionType.Approve);
        Assert.Equal("REJECTED TERMINATED(REJECTED)", life.Says(id => life.Decision(id, "carol", DecisionType.Reject)));
    }

    [Fact]
    public void Whoever_approved_may_think_again_and_refuse()
    {
        var life = Gate(2);
        life.Decide("alice", DecisionType.Approve);
        Assert.Equal("REJECTED TERMINATED(REJECTED)", life.Says(id => life.Decision(id, "alice", DecisionType.Reject)));
    }

    [Fact]
    public void Nobody_overrides_alone_what_needs_several()
    {
        var life = Gate(2);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Override, delta: """{"percent":5}"""));
        life.Decide("alice", DecisionType.Approve);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "bob", DecisionType.Override, delta: """{"percent":5}"""));
    }

    [Fact]
    public void After_an_escalation_the_count_starts_anew()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, approvals: 2, escalation: ["release-manager", "cto"]));
        life.Decide("alice", DecisionType.Approve).Wait(Stage.HalfAnHour).Expire();
        Assert.Empty(life.Instance!.Pending!.Approvals);
        Assert.Equal("DECISION_RECORDED", Approves(life, "bob"));
        Assert.Equal("APPROVED RESUMED", Approves(life, "alice"));
    }

    [Fact]
    public void Half_a_quorum_is_no_approval_when_time_is_over()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, approvals: 2));
        life.Decide("alice", DecisionType.Approve);
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT) !invalid_transition", life.SaysAt(life.DecideBy(), id => life.Decision(id, "bob", DecisionType.Approve)));
    }

    [Fact]
    public void A_delegate_and_whoever_they_act_for_count_as_one_whoever_comes_first()
    {
        var first = Gate(2);
        var lent = first.Delegate("alice", "bob", TimeSpan.FromDays(1));
        first.Decide("alice", DecisionType.Approve);
        first.RefusesWithoutTrace("not_eligible", id => first.Decision(id, "bob", DecisionType.Approve) with { Delegation = lent });
        Assert.Equal("APPROVED RESUMED", Approves(first, "bob"));

        var second = Gate(2);
        lent = second.Delegate("alice", "bob", TimeSpan.FromDays(1));
        second.Decide("bob", DecisionType.Approve, delegation: lent);
        second.RefusesWithoutTrace("not_eligible", id => second.Decision(id, "alice", DecisionType.Approve));
        second.RefusesWithoutTrace("not_eligible", id => second.Decision(id, "bob", DecisionType.Approve));
        Assert.Equal("APPROVED RESUMED", Approves(second, "carol"));
    }

    [Fact]
    public void Two_delegates_of_one_person_count_as_one()
    {
        var life = Gate(2);
        var toBob = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        var toCarol = life.Delegate("alice", "carol", TimeSpan.FromDays(1));
        life.Decide("bob", DecisionType.Approve, delegation: toBob);
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "carol", DecisionType.Approve) with { Delegation = toCarol });
    }

    private static Life Gate(int needed, bool distinct = false) =>
        Stage.Waiting(Life.Ask(Stage.HalfAnHour, approvals: needed, distinct: distinct, roles: Roles));

    private static string Approves(Life life, string person, string role = "release-manager") =>
        life.Says(id => life.Decision(id, person, DecisionType.Approve, role));
}
