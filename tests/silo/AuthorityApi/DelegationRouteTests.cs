using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Lending a role over HTTP, deciding under it, seeing it and taking it back.</summary>
public sealed class DelegationRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Alice = "alice: release-manager";
    private const string Bob = "bob: developer";
    private const string Auditor = "audrey: gantral.auditor";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_is_lent_a_role_finds_what_waits_decides_it_and_the_decision_says_for_whom()
    {
        var id = await _silo.WaitingAsync();
        Assert.Empty(await PendingAsync(Bob));
        var lent = await LentAsync();
        Assert.Equal(id, Assert.Single(await PendingAsync(Bob)));

        var decided = await _silo.PostAsync(Bob, "/v1/decisions", await _silo.DecisionAsync(id, delegation: lent));

        Assert.Equal((201, "RESUMED"), (decided.Status, (string?)decided.Body!["instance"]!["state"]));
        Assert.Equal(("bob", "alice", lent), ((string?)decided.Body["human_actor_id"], (string?)decided.Body["on_behalf_of"], (string?)decided.Body["delegation_id"]));
        var read = (await _silo.GetAsync(Bob, decided.Headers.Location!.ToString())).Body!;
        Assert.Equal((lent, "read and understood"), ((string?)read["delegation_id"], (string?)read["justification"]));
    }

    [Fact]
    public async Task Nothing_is_decided_under_a_delegation_that_was_taken_back_or_is_somebody_elses()
    {
        var (id, lent) = (await _silo.WaitingAsync(), await LentAsync());
        (await _silo.PostAsync("carol: developer", "/v1/decisions", await _silo.DecisionAsync(id, delegation: lent))).IsProblem(403, "not_eligible");
        var first = await RevokeAsync(Alice, lent, key: "r");
        var again = await RevokeAsync(Alice, lent, key: "r");

        Assert.NotNull((string?)first.Body!["revoked_at"]);
        Assert.Equal(first.Body.ToJsonString(), again.Body!.ToJsonString());
        (await RevokeAsync(Alice, lent)).IsProblem(409, "invalid_transition");
        (await _silo.PostAsync(Bob, "/v1/decisions", await _silo.DecisionAsync(id, delegation: lent))).IsProblem(403, "not_eligible");
        Assert.Empty(await PendingAsync(Bob));
    }

    [Fact]
    public async Task A_grant_that_is_sent_again_is_the_same_delegation()
    {
        var body = Grant();
        var first = await _silo.PostAsync(Alice, "/v1/delegations", body, key: "g");
        var again = await _silo.PostAsync(Alice, "/v1/delegations", body, key: "g");

        Assert.Equal(first.Body!.ToJsonString(), again.Body!.ToJsonString());
        Assert.Equal($"/v1/delegations/{(string?)first.Body["delegation_id"]}", again.Headers.Location?.ToString());
        (await _silo.PostAsync(Alice, "/v1/delegations", Grant(to: "carol"), key: "g")).IsProblem(409, "idempotency_conflict");
        Assert.Single(await ListAsync(Alice, ""));
    }

    [Fact]
    public async Task Only_a_person_lends_and_only_what_is_their_own()
    {
        (await _silo.PostAsync("agent! release-manager", "/v1/delegations", Grant())).IsProblem(403, "not_human");
        (await _silo.PostAsAsync(_silo.HandedOn(Alice), "/v1/delegations", Grant())).IsProblem(403, "not_human");
        (await _silo.PostAsync(Bob, "/v1/delegations", Grant(to: "carol"))).IsProblem(403, "not_eligible");
        // What was lent is not lent on.
        await LentAsync();
        (await _silo.PostAsync(Bob, "/v1/delegations", Grant(to: "carol"))).IsProblem(403, "not_eligible");
        (await _silo.PostAsync(Alice, "/v1/delegations", Grant(to: "alice"))).IsProblem(400, "invalid_body");
        (await _silo.PostAsync(Alice, "/v1/delegations", Grant(days: 32))).IsProblem(400, "invalid_body");
        (await _silo.PostAsync(Alice, "/v1/delegations", Grant(days: -1))).IsProblem(400, "invalid_body");
        (await _silo.PostAsync(Alice, "/v1/delegations", Grant(why: "  "))).IsProblem(422, "justification_required");
        (await _silo.PostAsync(Alice, "/v1/delegations", $"{Grant()[..^1]},\"owning_team_id\":\"strangers\"}}")).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"role":"r","until":"2026-01-01T00:00:00Z"}""", "/to")]
    [InlineData("""{"to":"bob","role":"r","until":"2026-01-01T00:00:00Z"}""", "/to")]
    [InlineData("""{"to":{},"role":"r","until":"2026-01-01T00:00:00Z"}""", "/to/id")]
    [InlineData("""{"to":{"id":"bob","name":"Bob"},"role":"r","until":"2026-01-01T00:00:00Z"}""", "/to/name")]
    [InlineData("""{"to":{"id":"bob"},"until":"2026-01-01T00:00:00Z"}""", "/role")]
    [InlineData("""{"to":{"id":"bob"},"role":"r"}""", "/until")]
    [InlineData("""{"to":{"id":"bob"},"role":"r","until":"tomorrow"}""", "/until")]
    [InlineData("""{"to":{"id":"bob"},"role":"r","until":"2026-01-01T00:00:00+02:00"}""", "/until")]
    [InlineData("""{"to":{"id":"bob"},"role":"r","until":"2026-01-01T00:00:00Z","roles":[]}""", "/roles")]
    public async Task A_grant_that_cannot_be_read_is_refused_by_its_path(string body, string where) =>
        Assert.Contains($"{where} ", (await _silo.PostAsync(Alice, "/v1/delegations", body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Fact]
    public async Task Everybody_sees_what_they_gave_and_were_given_and_auditors_see_all_of_their_team()
    {
        var (toBob, toCarol) = (await LentAsync(), await LentAsync("carol"));
        await RevokeAsync(Alice, toCarol);

        Assert.Equal([toBob], await ListAsync(Alice, ""));
        Assert.Equal([toCarol, toBob], await ListAsync(Alice, "?ended=true&scope=GIVEN"));
        Assert.Empty(await ListAsync(Alice, "?ended=true&scope=RECEIVED"));
        Assert.Equal([toBob], await ListAsync(Bob, "?scope=RECEIVED"));
        Assert.Empty(await ListAsync("carol: developer", ""));
        Assert.Empty(await ListAsync(Auditor, ""));
        Assert.Equal([toCarol, toBob], await ListAsync(Auditor, "?ended=true&scope=TEAM"));
        (await _silo.GetAsync(Alice, "/v1/delegations?scope=TEAM")).IsProblem(403, "forbidden");
        (await _silo.GetAsync(Alice, "/v1/delegations?scope=ALL")).IsProblem(400, "invalid_body");
        (await _silo.GetAsync(Alice, "/v1/delegations?ended=yes")).IsProblem(400, "invalid_body");
        (await _silo.GetAsync(Alice, "/v1/delegations?cursor=AAAA")).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task A_list_of_delegations_pages_without_gap_or_repetition()
    {
        var lent = new List<string> { await LentAsync("bob"), await LentAsync("carol"), await LentAsync("dora") };
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await _silo.GetAsync(Alice, $"/v1/delegations?limit=2{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}")).Body!;
            seen.AddRange(page["delegations"]!.AsArray().Select(one => (string)one!["delegation_id"]!));
            cursor = (string?)page["next_cursor"];
        }

        Assert.Equal(Enumerable.Reverse(lent), seen);
    }

    [Fact]
    public async Task To_whoever_has_no_part_in_it_a_delegation_is_not_there()
    {
        var lent = await LentAsync();

        Assert.Equal("release-manager", (string?)(await _silo.GetAsync(Bob, $"/v1/delegations/{lent}")).Body!["role"]);
        Assert.Equal("bob", (string?)(await _silo.GetAsync(Auditor, $"/v1/delegations/{lent}")).Body!["to"]!["id"]);
        (await _silo.GetAsync("carol: release-manager", $"/v1/delegations/{lent}")).IsProblem(404, "not_found");
        (await _silo.GetAsAsync(_silo.Token(Auditor, "strangers"), $"/v1/delegations/{lent}")).IsProblem(404, "not_found");
        (await RevokeAsync("carol: release-manager", lent)).IsProblem(404, "not_found");
        (await RevokeAsync(Bob, lent)).IsProblem(403, "not_eligible");
        (await _silo.PostAsync(Alice, $"/v1/delegations/{lent}/revoke", """{"why":"back"}""")).IsProblem(400, "invalid_body");
        (await _silo.PostAsync(Alice, $"/v1/delegations/{lent}/revoke", "{}")).IsProblem(422, "justification_required");
    }

    private static string Grant(string to = "bob", double days = 1, string why = "on leave") =>
        $$$"""{"to":{"id":"{{{to}}}"},"role":"release-manager","until":"{{{TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}}","justification":"{{{why}}}"}""";

    private async Task<string> LentAsync(string to = "bob") => (string)(await _silo.MadeAsync(Alice, "/v1/delegations", Grant(to)))["delegation_id"]!;

    private Task<Answered> RevokeAsync(string who, string id, string? key = null) => _silo.PostAsync(who, $"/v1/delegations/{id}/revoke", """{"justification":"back again"}""", key);

    private async Task<IEnumerable<string>> ListAsync(string who, string query) => Ids((await _silo.GetAsync(who, $"/v1/delegations{query}")).Body!["delegations"]!, "delegation_id");

    private async Task<IEnumerable<string>> PendingAsync(string who) => Ids((await _silo.GetAsync(who, "/v1/decisions/pending")).Body!["instances"]!, "instance_id");

    private static List<string> Ids(JsonNode list, string name) => [.. list.AsArray().Select(one => (string)one![name]!)];
}
