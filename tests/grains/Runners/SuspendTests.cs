using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Runners;

public sealed class SuspendTests
{
    private static readonly WorkflowTerms NamesNobody = new(FrozenSet.Create("deploy"));
    private static readonly CanonicalBytes Checkpoint = Life.Json("""{"hash":"sha256:00","ref":"s3://bucket/checkpoint"}""");

    [Fact]
    public void With_a_gate_pending_only_the_checkpoint_is_noted()
    {
        var life = Stage.Waiting();
        var pending = life.Instance!.Pending;
        var ruling = life.Rule(id => new Command.Suspend(Life.Runner, id, Checkpoint, Life.Ask(roles: ["somebody-else"])));
        Assert.Equal("SUSPENDED", Said.Of(ruling));
        Assert.Same(pending, life.Instance!.Pending);
        Assert.Equal(Checkpoint.ToString(), ruling.Payload(EventType.Suspended, PrivateFieldNames.Checkpoint));
    }

    [Fact]
    public void Without_a_gate_policy_names_who_decides_and_how()
    {
        var life = Stage.Running();
        var ask = Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, 2, true, Stage.TenMinutes, ["a", "b"], ["c"]);
        Assert.Equal("SUSPENDED WAITING_FOR_HUMAN", life.Says(id => new Command.Suspend(Life.Runner, id, Checkpoint, ask)));
        var asked = life.Instance!.Pending!.Request;
        Assert.Equal(["a", "b"], asked.EligibleApproverRoles.AsEnumerable());
        Assert.Equal((2, true, OnTimeout.Escalate, Stage.TenMinutes), (asked.ApprovalsRequired, asked.DistinctRoles, asked.OnTimeout, asked.ExecuteWithin!.Value));
        Assert.Equal(life.Log.Now.Plus(Stage.HalfAnHour), asked.DecideBy);
        Assert.Null(asked.Step);
        Assert.Equal(Life.Runner, life.Instance.Pending.RequestedBy);
    }

    public static TheoryData<string> WhatNamesNobody { get; } = [.. NamelessAnswers.Keys];

    [Theory]
    [MemberData(nameof(WhatNamesNobody))]
    public void Without_names_from_policy_the_workflows_approvers_are_asked(string what)
    {
        var life = Stage.Running();
        Assert.Equal("SUSPENDED WAITING_FOR_HUMAN", life.Says(id => new Command.Suspend(Life.Runner, id, null, NamelessAnswers[what])));
        Assert.Equal(["release-manager"], life.Instance!.Pending!.Request.EligibleApproverRoles.AsEnumerable());
        Assert.Null(life.Instance.Pending.Request.DecideBy);
    }

    [Theory]
    [MemberData(nameof(WhatNamesNobody))]
    public void With_nobody_named_at_all_it_is_refused_and_leaves_nothing_behind(string what)
    {
        var life = Stage.Life(terms: NamesNobody).Create(Life.Allow);
        life.RefusesWithoutTrace("invalid_transition", id => new Command.Suspend(Life.Runner, id, Checkpoint, NamelessAnswers[what])
        {
            Evidence = Life.Json("[]"),
            Cost = new Cost("EUR", "1"),
        });
        Assert.Equal("TERMINATED(AGENT_FAILED)", life.Says(id => new Command.Fail(Life.Runner, id, null)));
    }

    [Fact]
    public void What_an_override_made_of_the_context_is_what_the_next_suspension_shows()
    {
        var life = Stage.Waiting().Decide("alice", DecisionType.Override, delta: """{"percent":5}""").Resume().Suspend();
        Assert.Equal(Life.Json("""{"amount":1250,"environment":"production","percent":5}"""), life.Instance!.Pending!.Snapshot!.Value);
        Assert.Equal(life.Instance.Pending.Snapshot.Hash(), life.Instance.Pending.Request.ContextSnapshotHash);
    }

    [Fact]
    public void With_the_context_erased_nobody_can_be_asked_and_nothing_is_left_behind()
    {
        var life = Stage.Running();
        var ruling = AuthorityCore.Rule(life.Instance! with { Context = null }, new Command.Suspend(Life.Runner, life.NewCommandId(), Checkpoint, Life.Ask()) { Cost = new Cost("EUR", "1") }, life.Terms, life.NewMoment());
        Assert.Equal(RefusalCode.InvalidTransition, ruling.Refusal!.Code);
        Assert.Empty(ruling.Entries);
    }

    private static Dictionary<string, PolicyAnswer?> NamelessAnswers => new()
    {
        ["not asked"] = null,
        ["ALLOW"] = Life.Allow,
        ["DENY"] = Life.Deny,
        ["unavailable"] = new PolicyAnswer.Unavailable(),
        ["conflicting"] = new PolicyAnswer.Conflicting(),
        ["REQUIRE_HUMAN of nobody"] = Life.Ask(roles: []),
        ["REQUIRE_HUMAN without time"] = Life.Ask(TimeSpan.Zero),
    };
}
