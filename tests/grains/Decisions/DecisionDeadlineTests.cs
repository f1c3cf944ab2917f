using Gantral.Abstractions.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

public sealed class DecisionDeadlineTests
{
    [Theory]
    [InlineData(OnTimeout.FailClosed, -1, "APPROVED RESUMED")]
    [InlineData(OnTimeout.FailClosed, 0, "TIMEOUT TERMINATED(TIMEOUT) !invalid_transition")]
    [InlineData(OnTimeout.FailClosed, 1, "TIMEOUT TERMINATED(TIMEOUT) !invalid_transition")]
    [InlineData(OnTimeout.Escalate, -1, "APPROVED RESUMED")]
    [InlineData(OnTimeout.Escalate, 0, "TIMEOUT ESCALATED !invalid_transition")]
    [InlineData(OnTimeout.Escalate, 1, "TIMEOUT ESCALATED !invalid_transition")]
    public void A_decision_counts_until_the_last_millisecond_and_never_after(OnTimeout onTimeout, int milliseconds, string expected)
    {
        foreach (var type in Enum.GetValues<DecisionType>())
        {
            var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, onTimeout));
            var at = life.DecideBy().Plus(milliseconds * Stage.Millisecond);
            var delta = type == DecisionType.Override ? """{"percent":5}""" : null;
            var wanted = type switch
            {
                DecisionType.Reject => expected.Replace("APPROVED RESUMED", "REJECTED TERMINATED(REJECTED)", StringComparison.Ordinal),
                DecisionType.Override => expected.Replace("APPROVED", "OVERRIDDEN", StringComparison.Ordinal),
                _ => expected,
            };
            Assert.Equal(wanted, life.SaysAt(at, id => life.Decision(id, "alice", type, delta: delta)));
        }
    }

    [Fact]
    public void What_a_late_decision_commits_is_the_systems_and_not_the_persons()
    {
        var life = Stage.Waiting();
        var ruling = life.RuleAt(life.DecideBy(), id => life.Decision(id, "alice", DecisionType.Approve));
        Assert.All(ruling.Entries, entry => Assert.Equal(Actor.System, entry.Entry.Actor));
        Assert.All(ruling.Entries, entry => Assert.Empty(entry.Payload));
        Assert.Same(life.Instance, ruling.Instance);
        Assert.Equal(ExecutionState.Terminated, life.Instance!.State);
    }

    [Fact]
    public void A_late_decision_that_escalated_can_be_made_by_the_next_level()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate));
        life.RuleAt(life.DecideBy(), id => life.Decision(id, "alice", DecisionType.Approve));
        Assert.Equal("APPROVED RESUMED", life.Says(id => life.Decision(id, "alice", DecisionType.Approve, "cto")));
    }

    [Fact]
    public void A_late_decision_by_a_program_does_not_even_commit_the_expiry()
    {
        var life = Stage.Waiting().Wait(Stage.HalfAnHour);
        life.RefusesWithoutTrace("not_human", id => life.Decision(id, "alice", DecisionType.Approve) with { Actor = Life.Agent });
    }

    [Fact]
    public void Without_a_timeout_there_is_no_deadline()
    {
        var life = Stage.Waiting(Life.Ask()).Wait(TimeSpan.FromDays(3650));
        Assert.Equal(Said.Nothing, life.Says(id => new Abstractions.Commands.Command.Expire(id, Abstractions.Commands.Deadline.Decision)));
        Assert.Equal("APPROVED RESUMED", life.Says(id => life.Decision(id, "alice", DecisionType.Approve)));
    }
}
