using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Deadlines;

/// <summary>The database's clock may be set; what was written stays in order.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    [Fact]
    public void Time_never_steps_back_within_an_instance()
    {
        var life = Stage.Waiting();
        var asked = life.Instance!.UpdatedAt;
        var ruling = life.RuleAt(Back(asked, AnHour), id => life.Decision(id, "alice", DecisionType.Approve));
        Assert.All(ruling.Entries, entry => Assert.Equal(asked, entry.Entry.At));

        life.RuleAt(Back(asked, 2 * AnHour), id => new Command.Claim(Life.Runner, id, WorkKind.Resume));
        life.RuleAt(Back(asked, AnHour), id => new Command.Complete(Life.Runner, id));
        Assert.Equal(asked, life.Instance!.UpdatedAt);
    }

    [Fact]
    public void A_clock_that_steps_back_brings_no_deadline_early_and_takes_nothing_from_the_time_to_decide()
    {
        var life = Stage.Running();
        var running = life.Instance!.UpdatedAt;
        life.RuleAt(Back(running, AnHour), id => new Command.RequestAuthority(Life.Agent, id, "deploy", Life.Json("{}"), Life.Ask(Stage.HalfAnHour)));
        Assert.Equal(running.Plus(Stage.HalfAnHour), life.DecideBy());
        Assert.Equal(Said.Nothing, life.SaysAt(life.DecideBy().Plus(-Stage.Millisecond), Remind));
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT)", life.SaysAt(life.DecideBy(), Remind));
    }

    [Fact]
    public void A_deadline_that_has_passed_by_what_is_written_stays_passed()
    {
        var life = Stage.Waiting();
        var decideBy = life.DecideBy();
        life.RuleAt(decideBy, id => new Command.RecordCost(Life.Agent, id, new Cost("EUR", "1")));
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT) !invalid_transition", life.SaysAt(Back(decideBy, AnHour), id => life.Decision(id, "alice", DecisionType.Approve)));
        Assert.Equal(decideBy, life.Instance!.UpdatedAt);
    }

    [Fact]
    public void A_clock_that_leaps_ahead_lets_time_run_out_and_approves_nothing()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate));
        Assert.Equal("TIMEOUT ESCALATED", life.SaysAt(life.DecideBy().Plus(TimeSpan.FromDays(365)), Remind));
        Assert.Equal("TIMEOUT TERMINATED(TIMEOUT)", life.SaysAt(life.DecideBy().Plus(TimeSpan.FromDays(365)), Remind));
    }

    [Fact]
    public void The_longest_timeout_that_can_be_said_ends_within_the_calendar()
    {
        var life = Stage.Waiting(Life.Ask(TimeSpan.MaxValue, executeWithin: TimeSpan.MaxValue));
        Assert.Equal("9999-12-31T23:59:59.999Z", life.DecideBy().ToString());
        Assert.Equal("APPROVED RESUMED", life.Says(id => life.Decision(id, "alice", DecisionType.Approve)));
        Assert.Equal("9999-12-31T23:59:59.999Z", life.Instance!.ExecuteBy.ToString());
    }

    private static Instant Back(Instant from, TimeSpan by) => new(from.UnixMilliseconds - (long)by.TotalMilliseconds);

    private static Command.Expire Remind(Digest id) => new(id, Deadline.Decision);
}
