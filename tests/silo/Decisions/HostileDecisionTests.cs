using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Hosting;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Decisions;

/// <summary>Every way to get an approval that nobody gave, or to give one that is nobody's to give, and what it is told.</summary>
public sealed class HostileDecisionTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Approved = "WAITING_FOR_HUMAN APPROVED RESUMED";
    private const string FailedClosed = "WAITING_FOR_HUMAN TIMEOUT TERMINATED";

    private WorkingSilo _silo = null!;
    private WorkingSilo _other = null!;

    private static Actor Alice => Life.Person("alice");

    public async Task InitializeAsync()
    {
        _silo = await WorkingSilo.StartAsync(server.Database);
        _other = await WorkingSilo.StartAsync(server.Database);
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _other.DisposeAsync();
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    [Fact]
    public async Task Who_approves_twice_has_approved_once()
    {
        var id = await _silo.WaitingAsync();
        var offer = await _silo.OfferAsync(id);
        await MustPassAsync(id, Alice, offer);

        var again = await MustRefuseAsync("invalid_transition", id, Alice, offer);
        Assert.Contains("APPROVE", again, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Approved, await _silo.StoryAsync(id));
    }

    [Fact]
    public async Task Who_approves_twice_where_two_must_has_approved_once()
    {
        var id = await _silo.WaitingAsync("pair");
        await MustPassAsync(id, Alice, await _silo.OfferAsync(id));

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id));
        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id, role: "sre"));
        Assert.Equal("WAITING_FOR_HUMAN DECISION_RECORDED", await _silo.StoryAsync(id));
    }

    [Fact]
    public async Task The_same_approval_sent_again_is_answered_again_and_counts_once()
    {
        var id = await _silo.WaitingAsync("pair");
        var (caller, offer) = (WorkingSilo.Caller(Alice, "release-manager"), await _silo.OfferAsync(id));

        var replies = await Task.WhenAll(new[] { _silo, _other, _silo, _other }.Select(silo => silo.DecideAsync(id, caller, offer)));

        Assert.All(replies, reply => Assert.Null(reply.Refusal));
        Assert.Single(replies.Select(reply => reply.Entries[0].Decision!.DecisionId).Distinct());
        Assert.Equal("WAITING_FOR_HUMAN DECISION_RECORDED", await _silo.StoryAsync(id));
    }

    [Fact]
    public async Task Of_an_approval_and_a_rejection_at_once_from_two_silos_one_counts_and_the_other_hears_which()
    {
        for (var round = 0; round < Scale.Rounds(20, 500); round++)
        {
            var id = await _silo.WaitingAsync();
            var (approval, rejection) = (await _silo.OfferAsync(id), await _silo.OfferAsync(id, DecisionType.Reject));
            var replies = await Task.WhenAll(
                Task.Run(() => _silo.DecideAsync(id, WorkingSilo.Caller(Alice, "release-manager"), approval)),
                Task.Run(() => _other.DecideAsync(id, WorkingSilo.Caller(Life.Person("bob"), "release-manager"), rejection)));

            var lost = Assert.Single(replies, reply => reply.Refusal is not null);
            Assert.Equal(RefusalCode.InvalidTransition, lost.Refusal!.Code);
            Assert.Equal(replies[0].Refusal is null ? Approved : "WAITING_FOR_HUMAN REJECTED TERMINATED", await _silo.StoryAsync(id));
            Assert.Contains((replies[0].Refusal is null ? replies[0] : replies[1]).Entries[0].Decision!.DecisionId.ToString("D"), lost.Refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_approval_after_the_deadline_brings_the_timeout_to_light_instead()
    {
        var id = await _silo.WaitingAsync("hasty");
        var offer = await _silo.OfferAsync(id);
        var decideBy = (await _silo.Host.Instance(id).ReadAsync())!.Pending!.Request.DecideBy!.Value;
        await Until.TrueAsync(() => _silo.Ledger.Clock.Now >= decideBy);

        await MustRefuseAsync("invalid_transition", id, Alice, offer);
        Assert.Equal(FailedClosed, await _silo.StoryAsync(id));
    }

    [Theory]
    [InlineData(-1, null, Approved)]
    [InlineData(0, "invalid_transition", FailedClosed)]
    [InlineData(1, "invalid_transition", FailedClosed)]
    public async Task A_decision_exactly_at_its_deadline_is_too_late(int milliseconds, string? code, string story)
    {
        var id = await _silo.WaitingAsync("hasty");
        var offer = await _silo.OfferAsync(id);
        var decideBy = (await _silo.Host.Instance(id).ReadAsync())!.Pending!.Request.DecideBy!.Value;
        var moments = new StillMoments(_silo.Ledger.Clock, decideBy.Plus(TimeSpan.FromMilliseconds(milliseconds)));
        using var host = new GrainHost(_silo.Ledger, moments, TimeProvider.System, new GrainHostOptions());

        var reply = await host.Instance(id).DecideAsync(WorkingSilo.Caller(Alice, "release-manager"), offer);

        Assert.Equal(code, CodeOf(reply));
        Assert.Equal(story, await _silo.StoryAsync(id));
    }

    [Fact]
    public async Task Nothing_is_decided_after_the_end()
    {
        var id = await _silo.WaitingAsync();
        var offer = await _silo.OfferAsync(id);
        Assert.Null((await _other.Host.Instance(id).CancelAsync(WorkingSilo.Caller(Life.Agent), "not needed any more")).Refusal);

        await MustRefuseAsync("invalid_transition", id, Alice, offer);
        Assert.Equal("WAITING_FOR_HUMAN TERMINATED", await _silo.StoryAsync(id));
    }

    [Fact]
    public async Task Nothing_is_decided_before_anybody_asked()
    {
        var id = await _silo.RunningAsync();

        await MustRefuseAsync("invalid_transition", id, Alice, new OfferedDecision(DecisionType.Approve, "release-manager", Sample.NewKey(), "in advance"));
    }

    [Fact]
    public async Task A_role_that_the_gate_does_not_name_decides_nothing()
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id, role: "cto"), "cto", "release-manager");
    }

    [Fact]
    public async Task A_role_that_the_token_does_not_prove_decides_nothing()
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id), "developer");
    }

    [Fact]
    public async Task A_program_decides_nothing_whatever_roles_it_has()
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("not_human", id, Life.Runner, await _silo.OfferAsync(id), "release-manager");
        await MustRefuseAsync("not_human", id, Actor.System, await _silo.OfferAsync(id), "release-manager");
    }

    [Fact]
    public async Task Whoever_asked_does_not_decide()
    {
        var id = await _silo.WaitingAsync(requester: Alice);

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id));
        await MustRefuseAsync("not_eligible", id, Alice with { Client = "another-client" }, await _silo.OfferAsync(id));
    }

    [Fact]
    public async Task Whoever_created_the_instance_does_not_decide()
    {
        var id = await _silo.WaitingAsync(creator: Alice);

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \t \r\n  ")]
    [InlineData("ok")]
    [InlineData("   ok   ")]
    public async Task A_justification_that_says_nothing_decides_nothing(string justification)
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("justification_required", id, Alice, await _silo.OfferAsync(id, justification: justification));
        await MustRefuseAsync("justification_required", id, Alice, await _silo.OfferAsync(id, DecisionType.Reject, justification: justification));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"percent":100}""")]
    [InlineData("""{"missing":null}""")]
    [InlineData("5")]
    public async Task An_override_that_changes_nothing_is_none(string? delta)
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("context_delta_required", id, Alice, await _silo.OfferAsync(id, DecisionType.Override, delta: delta));
    }

    [Fact]
    public async Task An_approval_that_changes_something_is_none()
    {
        var id = await _silo.WaitingAsync();

        await MustRefuseAsync("invalid_body", id, Alice, await _silo.OfferAsync(id, delta: """{"percent":5}"""));
    }

    [Fact]
    public async Task A_gate_of_two_is_not_overridden_by_one()
    {
        var id = await _silo.WaitingAsync("pair");

        await MustRefuseAsync("not_eligible", id, Alice, await _silo.OfferAsync(id, DecisionType.Override, delta: """{"percent":5}"""));
    }

    [Fact]
    public async Task A_decision_about_another_snapshot_than_the_pending_one_is_about_nothing()
    {
        var (id, twin) = (await _silo.WaitingAsync(), await _silo.WaitingAsync());

        await MustRefuseAsync("stale_context", id, Alice, (await _silo.OfferAsync(id)) with { ContextSnapshotHash = Sample.NewKey() });
        await MustRefuseAsync("stale_context", id, Alice, await _silo.OfferAsync(twin));
    }

    private async Task MustPassAsync(Guid id, Actor person, OfferedDecision decision) =>
        Assert.Null((await _silo.DecideAsync(id, WorkingSilo.Caller(person, decision.Role), decision)).Refusal);

    // Both silos say the same, and what is not due leaves no trace.
    private async Task<string> MustRefuseAsync(string code, Guid id, Actor actor, OfferedDecision decision, params string[] roles)
    {
        var held = roles.Length == 0 ? [decision.Role] : roles;
        var first = await _silo.DecideAsync(id, WorkingSilo.Caller(actor, held), decision);
        var story = await _silo.StoryAsync(id);
        var second = await _other.DecideAsync(id, WorkingSilo.Caller(actor, held), decision);

        Assert.Equal((code, code), (CodeOf(first), CodeOf(second)));
        Assert.Equal(story, await _silo.StoryAsync(id));
        return first.Refusal!.Message;
    }

    private static string? CodeOf(Reply reply) => reply.Refusal is { } refusal ? WireName.Of(refusal.Code) : null;
}
