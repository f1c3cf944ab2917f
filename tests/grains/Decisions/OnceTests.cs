using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

/// <summary>One gate, one decision: whoever comes second is told who came first.</summary>
public sealed class OnceTests
{
    [Theory]
    [InlineData(DecisionType.Approve, DecisionType.Approve)]
    [InlineData(DecisionType.Approve, DecisionType.Reject)]
    [InlineData(DecisionType.Reject, DecisionType.Approve)]
    [InlineData(DecisionType.Override, DecisionType.Approve)]
    [InlineData(DecisionType.Override, DecisionType.Override)]
    public void The_second_decision_is_refused_and_names_the_first(DecisionType first, DecisionType second)
    {
        var life = Stage.Waiting();
        var late = life.Decision(life.NewCommandId(), "bob", second, delta: """{"percent":6}""");
        life.Decide("alice", first, delta: first == DecisionType.Override ? """{"percent":5}""" : null);
        var made = life.Instance!.LastDecision!.DecisionId;

        var ruling = life.Rule(_ => late);

        Assert.Equal("!invalid_transition", Said.Of(ruling));
        Assert.Contains(made.ToString("D"), ruling.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_decision_after_the_timeout()
    {
        var life = Stage.Waiting();
        var late = life.Decision(life.NewCommandId(), "bob", DecisionType.Approve);
        life.Wait(Stage.HalfAnHour).Expire();
        life.RefusesWithoutTrace("invalid_transition", _ => late);
    }

    [Fact]
    public void No_decision_after_the_end()
    {
        var life = Stage.Waiting();
        var late = life.Decision(life.NewCommandId(), "bob", DecisionType.Reject);
        life.Do(id => new Command.Cancel(Life.Agent, id, null));
        life.RefusesWithoutTrace("invalid_transition", _ => late);
    }

    [Theory]
    [InlineData(DecisionType.Approve)]
    [InlineData(DecisionType.Reject)]
    [InlineData(DecisionType.Override)]
    public void A_decision_on_another_snapshot_than_the_pending_one_is_stale(DecisionType type)
    {
        var life = Stage.Waiting();
        var delta = type == DecisionType.Override ? """{"percent":5}""" : null;
        life.RefusesWithoutTrace("stale_context", id => life.Decision(id, "bob", type, delta: delta) with { ContextSnapshotHash = Digest.Zero });
    }

    [Fact]
    public void A_decision_on_an_earlier_gate_of_the_same_content_is_stale()
    {
        var life = Stage.Waiting();
        var early = life.Decision(life.NewCommandId(), "bob", DecisionType.Approve);
        life.Decide("alice", DecisionType.Approve).Resume().Request(Life.Ask());
        life.RefusesWithoutTrace("stale_context", _ => early);
    }

    [Fact]
    public void An_approval_authorises_one_execution()
    {
        var life = Stage.Resumed().Resume();
        Assert.Equal("!invalid_transition", life.Says(id => new Command.Claim(Life.Runner, id, WorkKind.Resume)));
        Assert.Equal("TERMINATED(RUNNER_LOST)", life.Says(id => new Command.Expire(id, Deadline.Lease)));
    }
}
