using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>What observe-only mode has seen and what another policy would have said, over HTTP.</summary>
public sealed class ReportRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Auditor = "audrey: gantral.auditor";
    private const string Shadow = "/v1/audit/reports/shadow";
    private const string Replay = "/v1/audit/reports/policy-replay";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync("OBSERVE");
        for (var number = 0; number < 4; number++)
        {
            // Over all logs: a key decides to which one an instance goes.
            var id = await _silo.RunningAsync();
            Assert.Equal("RUNNING", (string?)(await _silo.AskAsync(id, number == 0 ? "delete" : "deploy")).Body!["state"]);
        }
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Gates_that_would_have_fired_are_told_with_the_load_that_they_would_have_been()
    {
        var report = (await _silo.GetAsync(Auditor, $"{Shadow}?workflow_id={_silo.Name}")).Body!;

        Assert.Equal((4, 4, true), ((int)report["observed"]!, (int)report["coverage"]!["instances"]!, (bool)report["coverage"]!["is_complete"]!));
        Assert.Equal(["deploy release-manager REQUIRE_HUMAN 3", "delete  POLICY_DENIED 1"], report["gates"]!.AsArray().Select(gate => $"{(string?)gate!["step"]} {(string?)gate["role"]} {(string?)gate["reason"]} {(int)gate["count"]!}"));
        var load = Assert.Single(report["load"]!.AsArray())!;
        Assert.Equal(("release-manager", 3, 3 * 1800), ((string?)load["role"], (int)load["gates"]!, (int)load["longest_wait_seconds"]!));
        Assert.Equal(
            ["workflow_id,workflow_version,step,role,reason,count", $"{_silo.Name},1,deploy,release-manager,REQUIRE_HUMAN,3", $"{_silo.Name},1,delete,,POLICY_DENIED,1"],
            await _silo.TableAsync("paul: gantral.policy_author", Shadow));
    }

    [Fact]
    public async Task Another_version_is_asked_about_what_is_recorded_and_what_would_change_is_told()
    {
        await _silo.MadeAsync("paul: gantral.policy_author", "/v1/policies", $$$"""{"policy_id":"{{{_silo.Name}}}","version":"2","evaluator":"rules","rules":[{"when":{"step":"delete"},"decision":"DENY"}],"default":{"decision":"ALLOW"}}""");
        var body = $$"""{"policy_version_id":"{{_silo.Name}}@2"}""";
        var report = (await _silo.PostAsync(Auditor, Replay, body)).Body!;

        Assert.Equal((8, 0), ((int)report["boundaries"]!, (int)report["erased"]!));
        var change = Assert.Single(report["changes"]!.AsArray())!;
        Assert.Equal(("REQUIRE_HUMAN", "ALLOW", 3, "deploy"), ((string?)change["from"]!["decision"], (string?)change["to"]!["decision"], (int)change["count"]!, (string?)change["examples"]![0]!["step"]));
        Assert.Equal(["from_decision,from_roles,to_decision,to_roles,count", "REQUIRE_HUMAN,release-manager,ALLOW,,3"], await _silo.TableAsync(Auditor, Replay, body));
        Assert.Equal(0, (int)(await _silo.PostAsync(Auditor, Replay, $"{body[..^1]},\"until\":\"2026-01-01T00:00:00Z\",\"since\":null}}")).Body!["boundaries"]!);
    }

    [Fact]
    public async Task Nobody_reports_on_another_team_or_with_another_teams_policy()
    {
        var body = $$"""{"policy_version_id":"{{_silo.Name}}@1"}""";
        var stranger = _silo.Token("eve: gantral.admin", "strangers");

        Assert.Equal(0, (int)(await _silo.GetAsAsync(stranger, Shadow)).Body!["observed"]!);
        (await _silo.GetAsAsync(stranger, $"{Shadow}?owning_team_id={_silo.Name}")).IsProblem(403, "forbidden");
        (await _silo.PostAsAsync(stranger, Replay, body)).IsProblem(404, "not_found");
        (await _silo.PostAsAsync(stranger, Replay, $"{body[..^1]},\"owning_team_id\":\"{_silo.Name}\"}}")).IsProblem(403, "forbidden");
        (await _silo.PostAsync(Auditor, Replay, """{"policy_version_id":"nothing@1"}""")).IsProblem(404, "not_found");
        var several = _silo.Token(Auditor, _silo.Name, "strangers");
        (await _silo.GetAsAsync(several, Shadow)).IsProblem(400, "invalid_body");
        Assert.Equal(4, (int)(await _silo.GetAsAsync(several, $"{Shadow}?owning_team_id={_silo.Name}")).Body!["observed"]!);
        (await _silo.GetAsync("olga: gantral.operator", Shadow)).IsProblem(403, "forbidden");
        (await _silo.PostAsync("olga: gantral.operator", Replay, body)).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("{}", "/policy_version_id")]
    [InlineData("""{"policy_version_id":"p@1","since":"now"}""", "/since")]
    [InlineData("""{"policy_version_id":"p@1","limit":1}""", "/limit")]
    public async Task A_replay_that_cannot_be_read_is_refused_by_its_path(string body, string where) =>
        Assert.Contains($"{where} ", (await _silo.PostAsync(Auditor, Replay, body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("?since=2026")]
    [InlineData("?limit=1")]
    [InlineData("?workflow_id=a&workflow_id=b")]
    public async Task A_query_that_is_not_understood_is_refused(string query) => (await _silo.GetAsync(Auditor, $"{Shadow}{query}")).IsProblem(400, "invalid_body");

    [Fact]
    public async Task A_table_that_would_not_be_whole_is_refused_and_json_says_where_it_ends()
    {
        await using var api = await Gateway.ServedApi.StartAsync();
        api.IsComplete = false;
        var request = Gateway.ServedApi.Request("GET", Shadow, api.Token(["gantral.auditor"]));
        request.Headers.Accept.ParseAdd("text/csv");

        (await api.SendAsync(request)).IsProblem(413, "too_large");
        Assert.False((bool)((JsonNode)(await api.GetAsync(Shadow)).Body!)["coverage"]!["is_complete"]!);
    }
}
