using Gantral.Abstractions.Authority;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Identity;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Streams;

/// <summary>Who is told what: from when on, of which teams, how much of it, and for how long.</summary>
public sealed class WhoIsToldTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Auditor = "audrey: gantral.auditor";
    private const string Approver = "alice: release-manager";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(20);

    private ServedSilo _silo = null!;
    private Binding _binding = null!;

    private string Team => _silo.Name;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database, heartbeat: Heartbeat);
        _binding = await Writers.BindAsync(_silo.Silo.Ledger, Team);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_new_reader_begins_with_what_happens_once_it_has_its_first_answer()
    {
        await LiveAsync();
        var known = await Writers.PlacesAsync(_silo.Silo.Ledger, Team);
        using var reader = await FollowAsync(Approver);
        await LiveAsync();

        Assert.Equal((await Writers.PlacesAsync(_silo.Silo.Ledger, Team)).Except(known), (await reader.EntriesAsync(Writers.EntriesPerLife)).Select(told => told.Place));
    }

    [Fact]
    public async Task An_auditor_is_told_an_entry_as_its_history_shows_it()
    {
        using var reader = await FollowAsync(Auditor);
        var life = await new Sample(_silo.Silo.Ledger, LedgerDatabase.NewId(2)).LiveAsync(_binding);
        var id = life.InstanceId.ToString("D");
        var history = (await _silo.GetAsync(Auditor, $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray();

        foreach (var entry in history)
        {
            var told = await reader.NextAsync("entry");
            Assert.Equal(2, told.Place.Log);
            told.Data.AsObject().Remove("log_id");
            Assert.Equal(entry!.ToJsonString(), told.Data.ToJsonString());
        }
    }

    [Theory]
    [InlineData(Approver)]
    [InlineData("olga: gantral.operator")]
    [InlineData("runner! gantral.runner")]
    public async Task Everybody_else_of_the_team_is_told_that_it_happened_and_nothing_that_is_private(string who)
    {
        using var reader = await FollowAsync(who);
        await LiveAsync();

        var told = await reader.EntriesAsync(Writers.EntriesPerLife);
        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "APPROVED", "RESUMED", "RUNNING", "COMPLETED"], told.Select(one => one.Type));
        Assert.Equal(Enumerable.Range(1, Writers.EntriesPerLife), told.Select(one => (int)one.Data["sequence"]!));
        Assert.All(told, one => Assert.Equal(
            ["log_id", "position", "at", "from_state", "instance_id", "owning_team_id", "sequence", "state", "subject", "type", "workflow_id"],
            one.Data.AsObject().Select(field => field.Key)));
        Assert.Equal(("APPROVED", Team, Team), ((string?)told[3].Data["state"], (string?)told[3].Data["owning_team_id"], (string?)told[3].Data["workflow_id"]));
    }

    [Fact]
    public async Task Delegations_are_between_people_and_told_to_auditors_alone()
    {
        using var auditor = await FollowAsync(Auditor);
        using var approver = await FollowAsync("bob: release-manager");
        await _silo.MadeAsync(Approver, "/v1/delegations", $$"""{"to":{"id":"carol"},"role":"release-manager","until":"{{DateTimeOffset.UtcNow.AddDays(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}","justification":"on leave"}""");
        await LiveAsync();

        Assert.Equal("DELEGATION_GRANTED", (await auditor.NextAsync("entry")).Type);
        Assert.Equal("CREATED", (await approver.NextAsync("entry")).Type);
    }

    [Fact]
    public async Task Nothing_of_another_team_is_told_whatever_is_asked_for()
    {
        var strangers = await Writers.BindAsync(_silo.Silo.Ledger, $"{Team}-strangers");
        using var mine = await EventReader.OpenAsync(_silo.Address, _silo.Token("root: gantral.admin"));
        using var both = await EventReader.OpenAsync(_silo.Address, _silo.Token("root: gantral.admin", Team, strangers.OwningTeamId));
        using var one = await EventReader.OpenAsync(_silo.Address, _silo.Token("root: gantral.admin", Team, strangers.OwningTeamId), $"?team={strangers.OwningTeamId}");
        await Writers.LiveAsync(_silo.Silo.Ledger, strangers, 2, 1, 2);
        await LiveAsync();

        Assert.All(await mine.EntriesAsync(Writers.EntriesPerLife), told => Assert.Equal(Team, (string?)told.Data["owning_team_id"]));
        Assert.Equal(2, (await both.EntriesAsync(5 * Writers.EntriesPerLife)).Select(told => (string?)told.Data["owning_team_id"]).Distinct().Count());
        Assert.All(await one.EntriesAsync(4 * Writers.EntriesPerLife), told => Assert.Equal(strangers.OwningTeamId, (string?)told.Data["owning_team_id"]));
        (await _silo.GetAsync("root: gantral.admin", $"/v1/streams/entries?team={strangers.OwningTeamId}")).IsProblem(403, "forbidden");
        (await _silo.GetAsync("root: gantral.admin", $"/v1/streams/entries?team={Team}&team={strangers.OwningTeamId}")).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Filters_name_several_types_and_workflows()
    {
        var other = await Sample.BindAsync(_silo.Silo.Ledger, $"{Team}-other", Team);
        using var types = await FollowAsync(Approver, "?type=APPROVED&type=COMPLETED");
        using var workflow = await FollowAsync(Approver, $"?workflow_id={Team}-other");
        using var workflows = await FollowAsync(Approver, $"?workflow_id={Team}-other&workflow_id={Team}&type=CREATED");
        await LiveAsync();
        await new Sample(_silo.Silo.Ledger, LedgerDatabase.NewId()).LiveAsync(other);

        Assert.Equal(["APPROVED", "COMPLETED", "APPROVED", "COMPLETED"], (await types.EntriesAsync(4)).Select(told => told.Type));
        Assert.All(await workflow.EntriesAsync(Writers.EntriesPerLife), told => Assert.Equal(other.WorkflowId, (string?)told.Data["workflow_id"]));
        Assert.Equal([Team, other.WorkflowId], (await workflows.EntriesAsync(2)).Select(told => (string?)told.Data["workflow_id"]));
    }

    [Fact]
    public async Task Marks_carry_a_reader_past_what_is_not_for_it()
    {
        using var reader = await FollowAsync(Approver, "?type=REJECTED");
        var first = await reader.NextAsync("mark");
        await LiveAsync();
        var places = await Writers.PlacesAsync(_silo.Silo.Ledger, Team);
        var mark = await reader.NextAsync("mark");
        while (Gantral.Silo.Streams.StreamPlace.TryRead(mark.Id!)!.Of(places[^1].Log) <= places[^1].Position)
        {
            mark = await reader.NextAsync("mark");
        }

        Assert.NotEqual(first.Id, mark.Id);
        await LiveAsync();
        using var back = await FollowAsync(Approver, lastId: mark.Id);
        Assert.Equal((await Writers.PlacesAsync(_silo.Silo.Ledger, Team)).Except(places), (await back.EntriesAsync(Writers.EntriesPerLife)).Select(told => told.Place));
    }

    [Fact]
    public async Task It_ends_when_the_token_does_and_says_so()
    {
        using var reader = await FollowAsync(Approver);
        await reader.NextAsync("mark");
        var token = _silo.Token(Approver);
        _silo.Clock.Now = Mint.Now.AddHours(2);

        Assert.Equal("token_expired", (string?)(await reader.NextAsync("end")).Data["reason"]);
        Assert.Null(await reader.NextAsync());
        (await _silo.GetAsAsync(token, "/v1/streams/entries")).IsProblem(401, "unauthenticated");
        await Until.TrueAsync(() => _silo.Streams.Listeners == 0);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AQE")]
    [InlineData("AQH_____Bw")]
    [InlineData("AQGAIA")]
    public async Task An_id_that_no_stream_gave_is_refused_with_what_to_do(string id)
    {
        var request = ServedApi.Request("GET", new Uri(_silo.Address, "/v1/streams/entries").ToString(), _silo.Token(Approver));
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);
        using var client = new HttpClient();
        using var response = await client.SendAsync(request);

        Assert.Contains("or none to begin", (await Answered.ReadAsync(response)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        (await _silo.GetAsync(Approver, $"/v1/streams/entries?last_event_id={id}")).IsProblem(400, "invalid_body");
    }

    [Theory]
    [InlineData("?type=BURNT")]
    [InlineData("?since=yesterday")]
    [InlineData("?last_event_id=AQ&last_event_id=AQ")]
    [InlineData("?workflow_id=a%0Ab")]
    public async Task What_cannot_be_asked_for_is_refused(string query) =>
        (await _silo.GetAsync(Approver, $"/v1/streams/entries{query}")).IsProblem(400, "invalid_body");

    [Fact]
    public async Task The_last_id_may_stand_in_the_query_and_the_header_prevails()
    {
        using var reader = await FollowAsync(Approver);
        var begin = (await reader.NextAsync("mark")).Id;
        await LiveAsync();
        var told = await reader.EntriesAsync(Writers.EntriesPerLife);

        using var query = await FollowAsync(Approver, $"?last_event_id={begin}");
        using var both = await FollowAsync(Approver, $"?last_event_id={begin}", told[^2].Id);
        Assert.Equal(told[0].Id, (await query.NextAsync("entry")).Id);
        Assert.Equal(told[^1].Place, (await both.NextAsync("entry")).Place);
    }

    private Task LiveAsync() => Writers.LiveAsync(_silo.Silo.Ledger, _binding, 1, 1);

    private Task<EventReader> FollowAsync(string who, string query = "", string? lastId = null) =>
        EventReader.OpenAsync(_silo.Address, _silo.Token(who), query, lastId);
}
