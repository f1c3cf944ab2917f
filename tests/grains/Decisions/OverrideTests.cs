using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

public sealed class OverrideTests
{
    private const string Shown = """{"amount":1250,"environment":"production","limits":{"cpu":2,"memory":8}}""";

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"amount":1250}""")]
    [InlineData("""{"amount":1.25e3,"limits":{"cpu":2.0}}""")]
    [InlineData("""{"nothing":null}""")]
    [InlineData("""{"limits":{}}""")]
    [InlineData("""{"limits":{"disk":null}}""")]
    [InlineData("""["amount",5]""")]
    [InlineData("\"production\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    public void An_override_changes_something_or_is_refused(string? delta)
    {
        var life = Stage.Running().Request(Life.Ask(), Shown);
        life.RefusesWithoutTrace("context_delta_required", id => life.Decision(id, "alice", DecisionType.Override, delta: delta));
    }

    [Theory]
    [InlineData(DecisionType.Approve, """{"percent":5}""")]
    [InlineData(DecisionType.Approve, "{}")]
    [InlineData(DecisionType.Reject, """{"percent":5}""")]
    public void Only_an_override_carries_a_delta(DecisionType type, string delta)
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("invalid_body", id => life.Decision(id, "alice", type, delta: delta));
    }

    [Theory]
    [InlineData("""{"percent":5}""", """{"amount":1250,"environment":"production","limits":{"cpu":2,"memory":8},"percent":5}""")]
    [InlineData("""{"amount":null}""", """{"environment":"production","limits":{"cpu":2,"memory":8}}""")]
    [InlineData("""{"limits":{"cpu":1,"memory":null}}""", """{"amount":1250,"environment":"production","limits":{"cpu":1}}""")]
    [InlineData("""{"limits":[1]}""", """{"amount":1250,"environment":"production","limits":[1]}""")]
    [InlineData("""{"environment":{"name":"canary","gone":null}}""", """{"amount":1250,"environment":{"name":"canary"},"limits":{"cpu":2,"memory":8}}""")]
    public void What_resumes_is_the_snapshot_with_the_delta_merged_in(string delta, string expected)
    {
        var life = Stage.Running().Request(Life.Ask(), Shown);
        var ruling = life.Rule(id => life.Decision(id, "alice", DecisionType.Override, delta: delta));

        Assert.Equal("OVERRIDDEN RESUMED", Said.Of(ruling));
        Assert.Equal(Life.Json(expected), ruling.Instance!.Context);
        Assert.Equal(Life.Json(delta).ToString(), ruling.Payload(EventType.Overridden, PrivateFieldNames.ContextDelta));
    }

    [Fact]
    public void What_resumes_after_an_approval_is_exactly_the_snapshot() => Assert.Equal(
        Life.Json(Shown),
        Stage.Running().Request(Life.Ask(), Shown).Decide("alice", DecisionType.Approve).Instance!.Context);

    [Fact]
    public void A_snapshot_that_is_no_object_can_be_replaced_by_one()
    {
        var life = Stage.Running().Request(Life.Ask(), "[1,2]").Decide("alice", DecisionType.Override, delta: """{"percent":5}""");
        Assert.Equal(Life.Json("""{"percent":5}"""), life.Instance!.Context);
    }

    [Fact]
    public void A_snapshot_that_was_erased_can_only_be_rejected()
    {
        // As no core erases it; a storage that was cleaned by hand might.
        var life = Stage.Waiting();
        var emptied = life.Instance! with { Pending = life.Instance.Pending! with { Snapshot = null } };
        Ruling Decide(DecisionType type, string? delta = null) => AuthorityCore.Rule(emptied, life.Decision(life.NewCommandId(), "alice", type, delta: delta), life.Terms, life.NewMoment());

        Assert.Equal(RefusalCode.StaleContext, Decide(DecisionType.Override, """{"percent":5}""").Refusal!.Code);
        Assert.Equal(RefusalCode.StaleContext, Decide(DecisionType.Approve).Refusal!.Code);
        Assert.Equal("REJECTED TERMINATED(REJECTED)", Said.Of(Decide(DecisionType.Reject)));
    }
}
