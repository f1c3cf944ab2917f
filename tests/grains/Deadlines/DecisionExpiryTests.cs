using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Policy;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Deadlines;

public sealed class DecisionExpiryTests
{
    private static readonly PolicyAnswer Escalating = Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, approvals: 2, executeWithin: Stage.TenMinutes, escalation: ["cto", "ceo"]);

    [Theory]
    [InlineData(-1, Said.Nothing)]
    [InlineData(0, "TIMEOUT TERMINATED(TIMEOUT)")]
    [InlineData(1, "TIMEOUT TERMINATED(TIMEOUT)")]
    [InlineData(86_400_000, "TIMEOUT TERMINATED(TIMEOUT)")]
    public void A_reminder_finds_something_due_at_the_deadline_and_not_before(int milliseconds, string expected)
    {
        var life = Stage.Waiting();
        Assert.Equal(expected, life.SaysAt(life.DecideBy().Plus(milliseconds * Stage.Millisecond), Remind));
    }

    [Fact]
    public void A_reminder_that_comes_twice_finds_nothing_the_second_time()
    {
        var life = Stage.Waiting().Wait(Stage.HalfAnHour).Expire();
        Assert.Equal(Said.Nothing, life.Says(Remind));

        var escalated = Stage.Waiting(Escalating).Wait(Stage.HalfAnHour).Expire();
        Assert.Equal(Said.Nothing, escalated.Says(Remind));
    }

    [Fact]
    public void A_reminder_that_comes_after_the_decision_finds_nothing() =>
        Assert.Equal(Said.Nothing, Stage.Waiting().Decide("alice", DecisionType.Approve).Wait(TimeSpan.FromDays(1)).Says(Remind));

    [Fact]
    public void An_escalation_asks_the_next_level_the_same_question_for_as_long_again()
    {
        var life = Stage.Waiting(Escalating);
        var before = life.Instance!.Pending!.Request;
        var ruling = life.RuleAt(life.DecideBy(), Remind);

        Assert.Equal("TIMEOUT ESCALATED", Said.Of(ruling));
        var now = life.Instance!.Pending!.Request;
        Assert.Equal(["cto", "ceo"], now.EligibleApproverRoles.AsEnumerable());
        Assert.Empty(now.EscalationRoles);
        Assert.Equal(OnTimeout.FailClosed, now.OnTimeout);
        Assert.Equal(life.Log.Now.Plus(Stage.HalfAnHour), now.DecideBy);
        Assert.Equal(
            (before.Step, before.ApprovalsRequired, before.DistinctRoles, before.ExecuteWithin, before.ContextSnapshotHash),
            (now.Step, now.ApprovalsRequired, now.DistinctRoles, now.ExecuteWithin, now.ContextSnapshotHash));
        Assert.All(ruling.Entries, entry => Assert.Equal(Actor.System, entry.Entry.Actor));
    }

    [Fact]
    public void The_last_level_fails_closed()
    {
        var life = Stage.Waiting(Escalating).Wait(Stage.HalfAnHour).Expire();
        Assert.Equal(Said.Nothing, life.SaysAt(life.DecideBy().Plus(-Stage.Millisecond), Remind));
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT)", life.SaysAt(life.DecideBy(), Remind));
    }

    [Fact]
    public void The_next_level_has_its_whole_time_also_when_every_silo_was_down_past_the_deadline()
    {
        var life = Stage.Waiting(Escalating).Wait(TimeSpan.FromDays(2)).Expire();
        Assert.Equal(ExecutionState.WaitingForHuman, life.Instance!.State);
        Assert.Equal(life.Log.Now.Plus(Stage.HalfAnHour), life.DecideBy());
    }

    [Fact]
    public void An_escalation_to_nobody_fails_closed()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, escalation: [])).Wait(Stage.HalfAnHour);
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT)", life.Says(Remind));
    }

    [Fact]
    public void Escalation_roles_are_not_asked_where_policy_fails_closed()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, escalation: ["cto"])).Wait(Stage.HalfAnHour);
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT)", life.Says(Remind));
    }

    [Fact]
    public void The_eligible_ones_of_the_first_level_no_longer_are_at_the_second()
    {
        var life = Stage.Waiting(Escalating).Wait(Stage.HalfAnHour).Expire();
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Reject));
        Assert.Equal("REJECTED TERMINATED(REJECTED)", life.Says(id => life.Decision(id, "alice", DecisionType.Reject, "ceo")));
    }

    private static Command.Expire Remind(Abstractions.Evidence.Digest id) => new(id, Deadline.Decision);
}
