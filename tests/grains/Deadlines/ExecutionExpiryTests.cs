using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Deadlines;

public sealed class ExecutionExpiryTests
{
    private const string Late = "TERMINATED(APPROVAL_EXPIRED) !invalid_transition";

    [Theory]
    [InlineData(-1, "RUNNING", "COMPLETED")]
    [InlineData(0, Late, Late)]
    [InlineData(1, Late, Late)]
    public void An_approval_is_taken_up_before_it_expires_or_never(int milliseconds, string claimed, string completed)
    {
        var life = Stage.Resumed();
        Assert.Equal(claimed, life.SaysAt(Moment(life, milliseconds), id => new Command.Claim(Life.Runner, id, WorkKind.Resume)));

        life = Stage.Resumed();
        Assert.Equal(completed, life.SaysAt(Moment(life, milliseconds), id => new Command.Complete(Life.Runner, id)));
    }

    [Theory]
    [InlineData(-1, Said.Nothing)]
    [InlineData(0, "TERMINATED(APPROVAL_EXPIRED)")]
    [InlineData(600_000, "TERMINATED(APPROVAL_EXPIRED)")]
    public void A_reminder_ends_an_approval_that_nobody_took_up(int milliseconds, string expected)
    {
        var life = Stage.Resumed();
        Assert.Equal(expected, life.SaysAt(Moment(life, milliseconds), Remind));
        Assert.Equal(Said.Nothing, life.SaysAt(life.Log.Now, Remind));
    }

    [Fact]
    public void The_time_runs_from_the_decision_and_an_override_has_as_long()
    {
        var life = Stage.Waiting().Wait(TimeSpan.FromMinutes(20)).Decide("alice", DecisionType.Override, delta: """{"percent":5}""");
        Assert.Equal(life.Log.Now.Plus(Stage.TenMinutes), life.Instance!.ExecuteBy);
    }

    [Fact]
    public void An_approval_that_was_taken_up_does_not_expire()
    {
        var life = Stage.Resumed().Resume().Wait(TimeSpan.FromDays(1));
        Assert.Equal(Said.Nothing, life.Says(Remind));
        Assert.Equal("COMPLETED", life.Says(id => new Command.Complete(Life.Runner, id)));
    }

    [Fact]
    public void Without_a_limit_an_approval_waits()
    {
        var life = Stage.Waiting(Life.Ask()).Decide("alice", DecisionType.Approve).Wait(TimeSpan.FromDays(3650));
        Assert.Equal(Said.Nothing, life.Says(Remind));
        Assert.Equal("RUNNING", life.Says(id => new Command.Claim(Life.Runner, id, WorkKind.Resume)));
    }

    [Fact]
    public void A_suspended_process_does_not_prolong_an_approval()
    {
        var life = Stage.Resumed();
        var executeBy = life.Instance!.ExecuteBy;
        life.Wait(TimeSpan.FromMinutes(5)).Suspend();
        Assert.Equal(executeBy, life.Instance!.ExecuteBy);
    }

    [Fact]
    public void What_a_late_claim_commits_is_the_systems()
    {
        var life = Stage.Resumed();
        var ruling = life.RuleAt(Moment(life, 0), id => new Command.Claim(Life.Runner, id, WorkKind.Resume));
        Assert.Equal(Actor.System, Assert.Single(ruling.Entries).Entry.Actor);
    }

    [Fact]
    public void A_late_completion_leaves_neither_its_evidence_nor_its_cost()
    {
        var life = Stage.Resumed();
        Assert.Equal(Late, life.SaysAt(Moment(life, 0), id => new Command.Complete(Life.Runner, id) { Evidence = Life.Json("[]"), Cost = new Cost("EUR", "1") }));
    }

    private static Instant Moment(Life life, int milliseconds) => life.Instance!.ExecuteBy!.Value.Plus(milliseconds * Stage.Millisecond);

    private static Command.Expire Remind(Digest id) => new(id, Deadline.Execution);
}
