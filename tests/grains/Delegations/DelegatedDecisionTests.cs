using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Delegations;

public sealed class DelegatedDecisionTests
{
    [Theory]
    [InlineData(DecisionType.Approve)]
    [InlineData(DecisionType.Reject)]
    [InlineData(DecisionType.Override)]
    public void A_delegate_decides_and_the_entry_says_for_whom(DecisionType type)
    {
        var life = Stage.Waiting();
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        var ruling = life.Rule(id => Decision(life, id, lent, type) with { HeldRoles = [] });

        Assert.Null(ruling.Refusal);
        var entry = ruling.Entries[0].Entry;
        Assert.Equal(Life.Person("bob") with { Role = "release-manager" }, entry.Actor);
        Assert.Equal(lent.Reference, entry.Decision!.Delegation);
        Assert.Equal(Life.Person("alice").Person, entry.Decision.Delegation!.Grantor);
    }

    [Fact]
    public void A_program_does_not_decide_for_anybody()
    {
        var life = Stage.Waiting();
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        life.RefusesWithoutTrace("not_human", id => Decision(life, id, lent) with { Actor = Life.Person("bob") with { Kind = ActorKind.Workload } });
    }

    [Fact]
    public void A_delegation_to_somebody_else_does_not_help()
    {
        var life = Stage.Waiting();
        var lent = life.Delegate("alice", "carol", TimeSpan.FromDays(1));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent) with { Actor = Life.Person("carol") with { Issuer = "https://other.example" } });
    }

    [Fact]
    public void A_role_of_ones_own_does_not_mend_a_delegation_that_does_not_help()
    {
        var life = Stage.Waiting();
        var lent = life.Revoke(life.Delegate("alice", "bob", TimeSpan.FromDays(1)), "alice");
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent) with { HeldRoles = ["release-manager"] });
    }

    [Fact]
    public void A_revoked_delegation_does_not_help()
    {
        var life = Stage.Waiting();
        var lent = life.Revoke(life.Delegate("alice", "bob", TimeSpan.FromDays(1)), "alice");
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent));
    }

    [Theory]
    [InlineData(-1, "APPROVED RESUMED")]
    [InlineData(0, "!not_eligible")]
    [InlineData(1, "!not_eligible")]
    public void A_delegation_helps_until_it_ends_and_not_at_its_end(int milliseconds, string expected)
    {
        var life = Stage.Waiting();
        var lent = life.Delegate("alice", "bob", TimeSpan.FromMinutes(5));
        Assert.Equal(expected, life.SaysAt(lent.Grant.Until.Plus(milliseconds * Stage.Millisecond), id => Decision(life, id, lent)));
    }

    [Theory]
    [InlineData(-1, "!not_eligible")]
    [InlineData(0, "APPROVED RESUMED")]
    public void A_delegation_helps_from_its_grant_on_and_not_before(int milliseconds, string expected)
    {
        var life = Stage.Waiting();
        var lent = life.Wait(TimeSpan.FromMinutes(5)).Delegate("alice", "bob", TimeSpan.FromDays(1));
        Assert.Equal(expected, life.SaysAt(lent.GrantedAt.Plus(milliseconds * Stage.Millisecond), id => Decision(life, id, lent)));
    }

    [Fact]
    public void A_delegation_for_another_team_or_another_role_does_not_help()
    {
        var life = Stage.Waiting(Life.Ask(roles: ["release-manager", "security"]));
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent with { OwningTeamId = "treasury" }));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent) with { Role = "security" });
        var other = life.Delegate("alice", "bob", TimeSpan.FromDays(1), "cto");
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, other));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, other) with { Role = "cto" });
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("alice")]
    public void Neither_side_of_a_delegation_created_the_instance(string creator)
    {
        var life = Stage.Life();
        life.Do(id => new Command.Create(Life.Person(creator), id, life.InstanceId, life.Binding, Life.Json("{}"), Life.Allow)).Request(Life.Ask());
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("alice")]
    public void Neither_side_of_a_delegation_asked_for_the_decision(string requester)
    {
        var life = Stage.Running();
        life.Do(id => new Command.RequestAuthority(Life.Person(requester), id, "deploy", Life.Json("{}"), Life.Ask()));
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(1));
        life.RefusesWithoutTrace("not_eligible", id => Decision(life, id, lent));
    }

    [Fact]
    public void A_delegation_that_was_already_over_when_the_clock_stepped_back_stays_over()
    {
        var life = Stage.Waiting();
        var lent = life.Delegate("alice", "bob", TimeSpan.FromMinutes(5));
        life.Wait(TimeSpan.FromMinutes(6)).Do(id => new Command.RecordCost(Life.Agent, id, new Cost("EUR", "1")));
        Assert.Equal("!not_eligible", life.SaysAt(new Instant(lent.Grant.Until.UnixMilliseconds - 1000), id => Decision(life, id, lent)));
    }

    private static Command.Decide Decision(Life life, Digest id, Delegation lent, DecisionType type = DecisionType.Approve) =>
        life.Decision(id, "bob", type, delta: type == DecisionType.Override ? """{"percent":5}""" : null) with { Delegation = lent, HeldRoles = ["developer"] };
}
