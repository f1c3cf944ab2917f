using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Policy;

public sealed class EnforcedAnswerTests
{
    private static readonly WorkflowTerms Lenient =
        new(FrozenSet.Create("deploy")) { DefaultApproverRoles = ["release-manager"], HumanWhenPolicyUnavailable = true };

    [Fact]
    public void Allow_lets_the_step_pass_and_says_so()
    {
        var ruling = Gates.Step(Life.Allow);
        Assert.Equal("STEP_ALLOWED", Said.Of(ruling));
        var entry = ruling.Entries[0].Entry;
        Assert.Equal(("deploy", PolicyDecision.Allow), (entry.Advice!.Step, entry.Advice.Decision));
        Assert.Equal(ruling.Entries[0].Payload.Single().Hash(), entry.Advice.ContextSnapshotHash);
    }

    [Fact]
    public void A_start_that_is_allowed_says_so_on_running()
    {
        var ruling = Gates.Start(Life.Allow);
        Assert.Equal("RUNNING", Said.Of(ruling));
        Assert.Equal(PolicyDecision.Allow, ruling.Entries[0].Entry.Advice!.Decision);
        Assert.Equal(ruling.Instance!.TriggerContext!.Hash(), ruling.Entries[0].Entry.Advice!.ContextSnapshotHash);
    }

    [Fact]
    public void Require_human_stops_with_exactly_what_policy_said()
    {
        var ruling = Gates.Step(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, 2, true, Stage.TenMinutes, ["a", "b"], ["c"]));
        Assert.Equal("WAITING_FOR_HUMAN", Said.Of(ruling));
        var entry = ruling.Entries[0];
        var asked = EntryReader.Read(entry.Bytes.Span).Authority!;
        Assert.Equal("deploy", asked.Step);
        Assert.Equal(["a", "b"], asked.EligibleApproverRoles.AsEnumerable());
        Assert.Equal(["c"], asked.EscalationRoles.AsEnumerable());
        Assert.Equal((2, true, OnTimeout.Escalate), (asked.ApprovalsRequired, asked.DistinctRoles, asked.OnTimeout));
        Assert.Equal(entry.Entry.At.Plus(Stage.HalfAnHour), asked.DecideBy);
        Assert.Equal(Stage.TenMinutes, asked.ExecuteWithin);
        Assert.Equal(entry.Payload.Single(field => field.Name == PrivateFieldNames.ContextSnapshot).Hash(), asked.ContextSnapshotHash);
    }

    [Fact]
    public void A_start_that_must_wait_shows_people_the_trigger_context_itself()
    {
        var ruling = Gates.Start(Life.Ask());
        Assert.Equal("RUNNING WAITING_FOR_HUMAN", Said.Of(ruling));
        Assert.Null(ruling.Entries[0].Entry.Advice);
        Assert.Equal(ruling.Instance!.TriggerContext!.Hash(), ruling.Instance.Pending!.Request.ContextSnapshotHash);
        Assert.Null(ruling.Instance.Pending.Request.Step);
    }

    [Theory]
    [InlineData(Materiality.Low)]
    [InlineData(Materiality.Medium)]
    [InlineData(Materiality.High)]
    [InlineData(Materiality.Critical)]
    public void Deny_and_conflict_end_the_instance_whatever_is_at_stake(Materiality materiality)
    {
        foreach (var terms in new[] { null, Lenient })
        {
            Assert.Equal("TERMINATED(POLICY_DENIED)", Said.Of(Gates.Step(Life.Deny, materiality: materiality, terms: terms)));
            Assert.Equal("RUNNING TERMINATED(POLICY_DENIED)", Said.Of(Gates.Start(Life.Deny, materiality: materiality, terms: terms)));
            Assert.Equal("TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Step(Gates.Conflicting, materiality: materiality, terms: terms)));
            Assert.Equal("RUNNING TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Start(Gates.Conflicting, materiality: materiality, terms: terms)));
        }
    }

    [Theory]
    [InlineData(Materiality.Low, true, true, true)]
    [InlineData(Materiality.Medium, true, true, true)]
    [InlineData(Materiality.High, true, true, false)]
    [InlineData(Materiality.Critical, true, true, false)]
    [InlineData(Materiality.Low, false, true, false)]
    [InlineData(Materiality.Medium, false, true, false)]
    [InlineData(Materiality.Low, true, false, false)]
    [InlineData(Materiality.Medium, true, false, false)]
    public void Policy_that_cannot_answer_ends_the_instance_unless_little_is_at_stake_and_people_are_named(
        Materiality materiality, bool lenient, bool named, bool asks)
    {
        var terms = Lenient with { HumanWhenPolicyUnavailable = lenient, DefaultApproverRoles = named ? ["release-manager"] : [] };
        var expected = asks ? "WAITING_FOR_HUMAN" : "TERMINATED(POLICY_UNAVAILABLE)";
        Assert.Equal(expected, Said.Of(Gates.Step(Gates.Unavailable, materiality: materiality, terms: terms)));
        var start = Gates.Start(Gates.Unavailable, materiality: materiality, terms: terms);
        Assert.Equal($"RUNNING {expected}", Said.Of(start));
        if (asks)
        {
            Assert.Equal(["release-manager"], start.Instance!.Pending!.Request.EligibleApproverRoles.AsEnumerable());
        }
    }

    [Fact]
    public void A_step_that_the_workflow_does_not_declare_is_refused_whatever_policy_says()
    {
        foreach (var step in new[] { "launch", "", "Deploy", "deploy " })
        {
            var life = Stage.Running();
            life.RefusesWithoutTrace("unknown_step", id => new Command.RequestAuthority(Life.Agent, id, step, Life.Json("{}"), Life.Allow));
        }
    }

    [Fact]
    public void A_step_may_be_asked_for_again_and_in_any_order()
    {
        var life = Stage.Running().Request(Life.Allow).Request(Life.Allow, step: "plan").Request(Life.Allow);
        Assert.Equal(ExecutionState.Running, life.Instance!.State);
    }

    [Fact]
    public void A_denied_step_leaves_what_policy_saw()
    {
        var ruling = Gates.Step(Life.Deny);
        Assert.Equal("""{"amount":1}""", ruling.Payload(EventType.Terminated, PrivateFieldNames.ContextSnapshot));
        Assert.Equal(PolicyDecision.Deny, ruling.Entries[0].Entry.Advice!.Decision);
    }
}
