using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

public sealed class WhoDecidesTests
{
    [Theory]
    [InlineData(ActorKind.Workload, DecisionType.Approve)]
    [InlineData(ActorKind.Workload, DecisionType.Reject)]
    [InlineData(ActorKind.Workload, DecisionType.Override)]
    [InlineData(ActorKind.System, DecisionType.Approve)]
    [InlineData(ActorKind.System, DecisionType.Reject)]
    [InlineData(ActorKind.System, DecisionType.Override)]
    public void Nothing_but_a_person_decides(ActorKind kind, DecisionType type)
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("not_human", id => Decision(life, id, type) with { Actor = Life.Person("alice") with { Kind = kind } });
    }

    [Fact]
    public void A_program_is_told_so_before_it_learns_anything_of_the_state()
    {
        var life = Stage.Completed();
        life.RefusesWithoutTrace("not_human", id => new Command.Decide(Life.Agent, id, DecisionType.Approve, "cto", ["cto"], Digest.Zero, "because"));
    }

    [Theory]
    [InlineData("cto")]
    [InlineData("Release-Manager")]
    [InlineData("release-manager ")]
    [InlineData("")]
    public void A_role_that_is_not_eligible_does_not_decide_even_when_held(string role)
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Approve, role));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cto")]
    [InlineData("RELEASE-MANAGER")]
    public void An_eligible_role_that_the_token_does_not_hold_does_not_decide(string held)
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id) with { HeldRoles = [held] });
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id) with { HeldRoles = ImmutableArray<string>.Empty });
    }

    [Theory]
    [InlineData(DecisionType.Approve)]
    [InlineData(DecisionType.Reject)]
    [InlineData(DecisionType.Override)]
    public void Whoever_created_the_instance_does_not_decide_on_it(DecisionType type)
    {
        var life = Stage.Life();
        life.Do(id => new Command.Create(Life.Person("alice"), id, life.InstanceId, life.Binding, Life.Json("{}"), Life.Allow)).Request(Life.Ask());
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, type));
    }

    [Theory]
    [InlineData(DecisionType.Approve)]
    [InlineData(DecisionType.Reject)]
    [InlineData(DecisionType.Override)]
    public void Whoever_asked_for_the_decision_does_not_make_it(DecisionType type)
    {
        var life = Stage.Running();
        life.Do(id => new Command.RequestAuthority(Life.Person("alice"), id, "deploy", Life.Json("{}"), Life.Ask()));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, type));
    }

    [Fact]
    public void Another_client_or_role_does_not_make_another_person_of_the_creator()
    {
        var life = Stage.Life();
        var alice = Life.Person("alice") with { Client = "cli", Role = "author" };
        life.Do(id => new Command.Create(alice, id, life.InstanceId, life.Binding, Life.Json("{}"), Life.Ask()));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id));
    }

    [Fact]
    public void The_same_subject_of_another_issuer_is_another_person()
    {
        var life = Stage.Life();
        life.Do(id => new Command.Create(Life.Person("alice"), id, life.InstanceId, life.Binding, Life.Json("{}"), Life.Ask()));
        Assert.Equal("APPROVED RESUMED", life.Says(id => Decision(life, id) with { Actor = Life.Person("alice") with { Issuer = "https://other.example" } }));
    }

    [Fact]
    public void Whoever_started_an_instance_that_stops_at_once_asked_for_the_decision()
    {
        var life = Stage.Created();
        life.Do(id => new Command.Start(Life.Person("alice"), id, Life.Ask()));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id));
        Assert.Equal("APPROVED RESUMED", life.Says(id => life.Decision(id, "bob", DecisionType.Approve)));
    }

    [Fact]
    public void The_requester_of_a_gate_that_escalated_still_does_not_decide()
    {
        var life = Stage.Running();
        life.Do(id => new Command.RequestAuthority(Life.Person("alice"), id, "deploy", Life.Json("{}"), Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate)));
        life.Wait(Stage.HalfAnHour).Expire();
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "alice", DecisionType.Approve, "cto"));
        life.RefusesWithoutTrace("not_eligible", id => life.Decision(id, "bob", DecisionType.Approve));
        Assert.Equal("APPROVED RESUMED", life.Says(id => life.Decision(id, "bob", DecisionType.Approve, "cto")));
    }

    private static Command.Decide Decision(Life life, Digest id, DecisionType type = DecisionType.Approve) =>
        life.Decision(id, "alice", type, delta: type == DecisionType.Override ? """{"percent":5}""" : null);
}
