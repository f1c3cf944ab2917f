using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Delegations;

public sealed class GrantTests
{
    private readonly Life _life = Stage.Life();

    private Instant Now => _life.Log.Now;

    [Fact]
    public void A_person_lends_a_role_of_their_own_and_the_entry_says_to_whom_and_until_when()
    {
        var until = Now.Plus(TimeSpan.FromDays(3));
        var ruling = Grant(until: until);
        Assert.Null(ruling.Refusal);
        var entry = EntryReader.Read(ruling.Entry!.Bytes.Span);
        Assert.Equal(EventType.DelegationGranted, entry.Type);
        Assert.Equal(Life.Person("alice") with { Role = "release-manager" }, entry.Actor);
        Assert.Equal(new DelegationGrant(Life.Person("bob").Person, "release-manager", until), entry.Delegation);
        Assert.Equal("payments", entry.OwningTeamId);
        Assert.Equal(ruling.Entry.Hash, ruling.Delegation!.Reference.EntryHash);
        Assert.Equal(Life.Person("alice").Person, ruling.Delegation.Reference.Grantor);
        Assert.Equal(entry.Subject.Id, ruling.Delegation.Reference.DelegationId.ToString("D"));
        Assert.Equal(Now, ruling.Delegation.GrantedAt);
    }

    [Theory]
    [InlineData(ActorKind.Workload)]
    [InlineData(ActorKind.System)]
    public void Only_a_person_lends(ActorKind kind) => Refuses("not_human", Grant(grantor: Life.Person("alice") with { Kind = kind }));

    [Fact]
    public void A_role_that_the_token_does_not_hold_cannot_be_lent()
    {
        Refuses("not_eligible", Grant(held: ["cto"]));
        Refuses("not_eligible", Grant(held: []));
        Refuses("not_eligible", Grant(held: ["Release-Manager"]));
    }

    [Fact]
    public void What_was_lent_cannot_be_lent_on()
    {
        _life.Delegate("alice", "bob", TimeSpan.FromDays(3));

        // A delegation puts nothing into bob's token, and the token is all that counts.
        Refuses("not_eligible", Grant(grantor: Life.Person("bob"), to: "carol", held: ["developer"]));
    }

    [Fact]
    public void Nobody_lends_to_themselves()
    {
        Refuses("invalid_body", Grant(to: "alice"));
        Refuses("invalid_body", Grant(grantor: Life.Person("alice") with { Client = "another-client", Role = "author" }, to: "alice"));
    }

    [Theory]
    [InlineData(0, 0, "invalid_body")]
    [InlineData(0, -1, "invalid_body")]
    [InlineData(-7, 0, "invalid_body")]
    [InlineData(0, 1, null)]
    [InlineData(31, 0, null)]
    [InlineData(31, 1, "invalid_body")]
    [InlineData(366, 0, "invalid_body")]
    public void A_delegation_ends_in_the_future_and_within_31_days(int days, int milliseconds, string? refusal)
    {
        var until = new Instant(Now.UnixMilliseconds + (days * 86_400_000L) + milliseconds);
        Refuses(refusal, Grant(until: until));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ok")]
    public void A_delegation_needs_a_justification(string justification) => Refuses("justification_required", Grant(justification: justification));

    [Fact]
    public void Half_a_surrogate_pair_justifies_no_delegation() => Refuses("justification_required", Grant(justification: "because \ud83d"));

    [Fact]
    public void The_justification_is_committed_with_its_line_ends_normalised() => Assert.Equal(
        "\"on leave\\nthis week\"",
        Assert.Single(Grant(justification: "on leave\r\nthis week").Entry!.Payload).Value.ToString());

    [Fact]
    public void Whoever_lent_it_ends_it_and_the_chain_goes_on()
    {
        var granted = _life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        var ruling = Revoke(granted, Life.Person("alice"));
        Assert.Null(ruling.Refusal);
        var entry = EntryReader.Read(ruling.Entry!.Bytes.Span);
        Assert.Equal(EventType.DelegationRevoked, entry.Type);
        Assert.Equal((2L, granted.Head), (entry.Sequence, entry.PrevHash));
        Assert.Equal(Now, ruling.Delegation!.RevokedAt);
        Assert.Equal((2L, ruling.Entry.Hash), (ruling.Delegation.Sequence, ruling.Delegation.Head));
    }

    [Fact]
    public void Nobody_else_ends_it()
    {
        var granted = _life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        Refuses("not_eligible", Revoke(granted, Life.Person("bob")), granted);
        Refuses("not_eligible", Revoke(granted, Life.Person("alice") with { Issuer = "https://other.example" }), granted);
        Refuses("not_human", Revoke(granted, Life.Person("alice") with { Kind = ActorKind.Workload }), granted);
        Refuses("justification_required", Revoke(granted, Life.Person("alice"), " "), granted);
    }

    [Fact]
    public void It_ends_once()
    {
        var revoked = _life.Revoke(_life.Delegate("alice", "bob", TimeSpan.FromDays(3)), "alice");
        Refuses("invalid_transition", Revoke(revoked, Life.Person("alice")), revoked);
    }

    [Fact]
    public void A_clock_that_steps_back_does_not_revoke_before_the_grant()
    {
        var granted = _life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        _life.Log.Now = Stage.Time("2026-03-01T08:00:00.000Z");
        var ruling = Revoke(granted, Life.Person("alice"));
        Assert.Equal(granted.GrantedAt, ruling.Entry!.Entry.At);
    }

    private DelegationRuling Grant(
        Actor? grantor = null, string to = "bob", ImmutableArray<string>? held = null, Instant? until = null, string justification = "on leave this week") =>
        DelegationCore.Grant(
            grantor ?? Life.Person("alice"), held ?? ["release-manager"], "payments",
            new DelegationGrant(Life.Person(to).Person, "release-manager", until ?? Now.Plus(TimeSpan.FromDays(1))),
            justification, _life.NewCommandId(), _life.NewMoment());

    private DelegationRuling Revoke(Abstractions.Commands.Delegation delegation, Actor actor, string justification = "back from leave") =>
        DelegationCore.Revoke(delegation, actor, justification, _life.NewCommandId(), _life.NewMoment());

    private static void Refuses(string? code, DelegationRuling ruling, Abstractions.Commands.Delegation? unchanged = null)
    {
        Assert.Equal(code, ruling.Refusal is { } refusal ? WireName.Of(refusal.Code) : null);
        if (code is not null)
        {
            Assert.Null(ruling.Entry);
            Assert.Same(unchanged, ruling.Delegation);
        }
    }
}
