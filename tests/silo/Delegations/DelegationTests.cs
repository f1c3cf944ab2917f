using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Projections;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.Delegations;

/// <summary>A role that is lent, used, taken back and run out, through silos over a real database.</summary>
public sealed class DelegationTests(LedgerServer server, ITestOutputHelper output) : IClassFixture<LedgerServer>
{
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_delegate_decides_and_the_entry_names_both()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var lent = await GrantAsync(silo, "alice", "bob", ADay);
        var id = await silo.WaitingAsync();

        Assert.Null((await silo.ApproveAsync(id, "bob", delegation: lent)).Refusal);

        var decided = (await silo.Ledger.ReadAsync(Subject.Instance(id))).Single(entry => entry.Entry.Type == EventType.Approved).Entry;
        Assert.Equal(("bob", "release-manager"), (decided.Actor.Id, decided.Actor.Role));
        Assert.Equal((lent, "alice"), (decided.Decision!.Delegation!.DelegationId, decided.Decision.Delegation.Grantor.Id));
        await MustBeValidAsync();
    }

    [Fact]
    public async Task Nothing_is_decided_under_a_delegation_that_was_revoked()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var lent = await GrantAsync(silo, "alice", "bob", ADay);
        Assert.NotNull((await RevokeAsync(silo, lent, "alice")).Delegation!.RevokedAt);

        await MustRefuseAsync(silo, "bob", lent);
        Assert.Equal(RefusalCode.InvalidTransition, (await RevokeAsync(silo, lent, "alice")).Refusal!.Code);
    }

    [Fact]
    public async Task Nothing_is_decided_under_a_delegation_that_has_run_out()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var lent = await GrantAsync(silo, "alice", "bob", TimeSpan.FromMilliseconds(300));
        var until = (await silo.Host.Delegation(lent).ReadAsync())!.Grant.Until;
        await Until.TrueAsync(() => silo.Ledger.Clock.Now >= until);

        await MustRefuseAsync(silo, "bob", lent);
    }

    [Fact]
    public async Task A_delegation_to_somebody_else_is_told_apart_from_none_by_nothing()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var lent = await GrantAsync(silo, "alice", "carol", ADay);

        Assert.Equal(await MustRefuseAsync(silo, "bob", Guid.CreateVersion7()), await MustRefuseAsync(silo, "bob", lent));
    }

    [Fact]
    public async Task Only_a_person_who_holds_the_role_lends_it_and_only_who_lent_it_takes_it_back()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = silo.Host.NewDelegationId();
        var grant = new DelegationGrant(Life.Person("bob").Person, "release-manager", silo.Ledger.Clock.Now.Plus(ADay));

        Assert.Equal(RefusalCode.NotEligible, (await silo.Host.Delegation(id).GrantAsync(WorkingSilo.Caller(Life.Person("alice"), "developer"), WorkingSilo.Team, grant, "on leave")).Refusal!.Code);
        Assert.Equal(RefusalCode.NotHuman, (await silo.Host.Delegation(id).GrantAsync(WorkingSilo.Caller(Life.Agent, "release-manager"), WorkingSilo.Team, grant, "on leave")).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await RevokeAsync(silo, id, "alice")).Refusal!.Code);
        var lent = await GrantAsync(silo, "alice", "bob", ADay);
        Assert.Equal(RefusalCode.NotEligible, (await RevokeAsync(silo, lent, "bob")).Refusal!.Code);
    }

    [Fact]
    public async Task A_grant_that_is_sent_again_gets_the_first_delegation_and_lends_once()
    {
        await using var first = await WorkingSilo.StartAsync(server.Database);
        await using var second = await WorkingSilo.StartAsync(server.Database);
        var caller = WorkingSilo.Caller(Life.Person("alice"), "release-manager");
        var grant = new DelegationGrant(Life.Person("dora").Person, "release-manager", first.Ledger.Clock.Now.Plus(ADay));

        var replies = await Task.WhenAll(new[] { first, second, first, second }.Select(silo =>
            silo.Host.Delegation(silo.Host.NewDelegationId()).GrantAsync(caller, WorkingSilo.Team, grant, "on leave").AsTask()));
        var id = Assert.Single(replies.Select(reply => reply.Delegation!.Reference.DelegationId).Distinct());
        await RevokeAsync(first, id, "alice");
        var later = await second.Host.Delegation(second.Host.NewDelegationId()).GrantAsync(caller, WorkingSilo.Team, grant, "on leave");
        var other = caller with { Key = caller.Key with { RequestHash = Sample.NewKey() } };

        Assert.Equal((id, null), (later.Delegation!.Reference.DelegationId, later.Delegation.RevokedAt));
        Assert.Equal(RefusalCode.IdempotencyConflict, (await first.Host.Delegation(id).RevokeAsync(other, "back")).Refusal!.Code);
        Assert.Equal(1, await Query.AskAsync<long>(server.Database.Serving, "SELECT count(*) FROM delegation WHERE delegate_id = 'dora'"));
    }

    [Fact]
    public async Task A_decision_that_races_the_revocation_comes_before_it_or_not_at_all()
    {
        var random = new Random(Scale.Take(output.WriteLine));
        await using var first = await WorkingSilo.StartAsync(server.Database);
        await using var second = await WorkingSilo.StartAsync(server.Database);
        var decided = 0;
        for (var round = 0; round < Scale.Rounds(40, 1_000); round++)
        {
            var lent = await GrantAsync(first, "alice", "bob", ADay);
            var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => first.WaitingAsync()));
            var offers = await Task.WhenAll(ids.Select(id => first.OfferAsync(id)));
            var (revoker, before) = (random.Next(2) == 0 ? first : second, random.Next(ids.Length + 1));
            var racing = new List<Task<Reply>>();
            Task<DelegationReply>? revoking = null;
            foreach (var (place, id) in ids.Index())
            {
                revoking ??= place == before ? Task.Run(() => RevokeAsync(revoker, lent, "alice")) : null;
                racing.Add(Task.Run(() => first.DecideAsync(id, WorkingSilo.Caller(Life.Person("bob")), offers[place] with { DelegationId = lent })));
            }

            Assert.Null((await (revoking ?? RevokeAsync(revoker, lent, "alice"))).Refusal);
            var replies = await Task.WhenAll(racing);
            Assert.All(replies, reply => Assert.True(reply.Refusal is null or { Code: RefusalCode.NotEligible }, reply.Refusal?.ToString()));
            decided += replies.Count(reply => reply.Refusal is null);
            await MustRefuseAsync(second, "bob", lent);
        }

        output.WriteLine($"{decided} decisions came first");
        await MustBeValidAsync();
    }

    [Fact]
    public async Task Lists_of_delegations_are_made_of_entries_again()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        await GrantAsync(silo, "alice", "bob", ADay);
        await RevokeAsync(silo, await GrantAsync(silo, "alice", "carol", ADay), "alice");
        var before = await DumpAsync();

        await Query.RunAsync(server.Database.Serving, "UPDATE delegation SET role = 'king', revoked_at = NULL; DELETE FROM delegation WHERE delegate_id = 'bob'");
        Assert.NotEqual(before, await DumpAsync());
        await new ProjectionRebuild(server.Database.Serving, 1).RunAsync();

        Assert.Equal(before, await DumpAsync());
    }

    private Task<string> DumpAsync() => Query.AskAsync<string>(server.Database.Serving, "SELECT string_agg(delegation::text, ' ' ORDER BY delegation::text) FROM delegation");

    private static async Task<Guid> GrantAsync(WorkingSilo silo, string from, string to, TimeSpan lasting)
    {
        var grant = new DelegationGrant(Life.Person(to).Person, "release-manager", silo.Ledger.Clock.Now.Plus(lasting));
        var reply = await silo.Host.Delegation(silo.Host.NewDelegationId()).GrantAsync(WorkingSilo.Caller(Life.Person(from), "release-manager"), WorkingSilo.Team, grant, "on leave this week");
        Assert.Null(reply.Refusal);
        return reply.Delegation!.Reference.DelegationId;
    }

    private static Task<DelegationReply> RevokeAsync(WorkingSilo silo, Guid id, string by) =>
        silo.Host.Delegation(id).RevokeAsync(WorkingSilo.Caller(Life.Person(by)), "back from leave").AsTask();

    private static async Task<string> MustRefuseAsync(WorkingSilo silo, string person, Guid delegation)
    {
        var id = await silo.WaitingAsync();
        var reply = await silo.ApproveAsync(id, person, delegation: delegation);
        Assert.Equal(RefusalCode.NotEligible, reply.Refusal?.Code);
        Assert.Equal("WAITING_FOR_HUMAN", await silo.StoryAsync(id));
        return reply.Refusal!.Message;
    }

    private async Task MustBeValidAsync()
    {
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }
}
