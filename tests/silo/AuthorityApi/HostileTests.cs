using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Policies;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Attempts on authority over HTTP, from the token to the log: what each is told, and that the log holds nothing of it.</summary>
public sealed class HostileTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Alice = "alice: release-manager";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();

        // What governs is in the first log, so it is the one that can be judged by itself.
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    [Fact]
    public async Task No_token_of_a_program_decides_not_even_one_that_a_person_handed_on()
    {
        await _silo.RegisterAsync();
        var id = await _silo.WaitingAsync();
        var decision = await _silo.DecisionAsync(id);

        (await _silo.PostAsync("robot! release-manager gantral.admin", "/v1/decisions", decision)).IsProblem(403, "not_human");
        (await _silo.PostAsAsync(_silo.HandedOn(Alice), "/v1/decisions", decision)).IsProblem(403, "not_human");
        Assert.Equal("WAITING_FOR_HUMAN", await StateAsync(id));
    }

    [Fact]
    public async Task Neither_who_created_nor_who_asked_nor_who_lacks_the_role_decides()
    {
        await _silo.RegisterAsync();
        var id = (string)(await _silo.MadeAsync("clara: gantral.operator", "/v1/instances", $$"""{"workflow_id":"{{_silo.Name}}","workflow_version":"1"}"""))["instance_id"]!;
        await _silo.MadeAsync("rita: gantral.operator", $"/v1/instances/{id}/authority", """{"step":"deploy"}""");
        var decision = await _silo.DecisionAsync(id);

        foreach (var who in new[] { "clara: release-manager", "rita: release-manager", "carol: cto" })
        {
            (await _silo.PostAsync(who, "/v1/decisions", decision)).IsProblem(403, "not_eligible");
        }

        (await _silo.PostAsAsync(_silo.Token(Alice, "strangers"), "/v1/decisions", decision)).IsProblem(404, "not_found");
        Assert.Equal("WAITING_FOR_HUMAN", await StateAsync(id));
    }

    [Theory]
    [InlineData("justification", "\"\"", 422, "justification_required")]
    [InlineData("justification", "\" \\n\\t \"", 422, "justification_required")]
    [InlineData("justification", "null", 422, "justification_required")]
    [InlineData("context_snapshot_hash", "\"0000000000000000000000000000000000000000000000000000000000000000\"", 409, "stale_context")]
    [InlineData("decision_type", "\"OVERRIDE\"", 422, "context_delta_required")]
    [InlineData("decision_type", "\"APPROVED\"", 400, "invalid_body")]
    [InlineData("delegation_id", "\"018f0000-0000-7001-8000-000000000001\"", 403, "not_eligible")]
    [InlineData("delegation_id", "\"alice\"", 400, "invalid_body")]
    [InlineData("on_behalf_of", "\"alice\"", 400, "invalid_body")]
    public async Task A_decision_with_one_thing_wrong_is_refused(string field, string value, int status, string code)
    {
        await _silo.RegisterAsync();
        var id = await _silo.WaitingAsync();
        var decision = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(await _silo.DecisionAsync(id))!;
        decision[field] = System.Text.Json.Nodes.JsonNode.Parse(value);

        (await _silo.PostAsync(Alice, "/v1/decisions", decision.ToJsonString())).IsProblem(status, code);
        Assert.Equal("WAITING_FOR_HUMAN", await StateAsync(id));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_no_override()
    {
        await _silo.RegisterAsync();
        var id = await _silo.WaitingAsync();

        (await _silo.PostAsync(Alice, "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", """{"environment":"production"}"""))).IsProblem(422, "context_delta_required");
        Assert.Equal("RESUMED", (string?)(await _silo.MadeAsync(Alice, "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", """{"environment":"staging"}""")))["instance"]!["state"]);
    }

    [Fact]
    public async Task Who_approves_twice_or_after_the_end_is_told_what_counted()
    {
        await _silo.RegisterAsync();
        var (first, second) = (await _silo.WaitingAsync(), await _silo.WaitingAsync());
        var (approval, late) = (await _silo.DecisionAsync(first), await _silo.DecisionAsync(second));
        var decided = (string)(await _silo.MadeAsync(Alice, "/v1/decisions", approval))["decision_id"]!;
        await _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{second}/cancel", "{}");

        Assert.Contains(decided, (await _silo.PostAsync(Alice, "/v1/decisions", approval)).IsProblem(409, "invalid_transition").Detail, StringComparison.Ordinal);
        (await _silo.PostAsync(Alice, "/v1/decisions", late)).IsProblem(409, "invalid_transition");
    }

    [Theory]
    [InlineData("APPROVED")]
    [InlineData("extra field")]
    [InlineData("hangs")]
    [InlineData("resets")]
    [InlineData("500")]
    [InlineData("10 MB")]
    public async Task A_policy_that_misbehaves_ends_what_is_at_stake_and_lets_nothing_pass(string how)
    {
        await using var service = await PolicyService.OpenAsync();
        await _silo.MadeAsync("paul: gantral.policy_author", "/v1/policies", $$"""{"policy_id":"{{_silo.Name}}","version":"1","evaluator":"http","url":"{{service.Url}}","shape":"gantral","timeout":"PT0.5S"}""");
        await _silo.MadeAsync("wilma: gantral.author", "/v1/workflows", _silo.WorkflowOf($"{_silo.Name}@1"));
        var id = await _silo.RunningAsync();
        service.Answer = context => Misbehave(context, how);

        var ended = (await _silo.AskAsync(id, "deploy")).Body!;

        Assert.Equal(("TERMINATED", "POLICY_UNAVAILABLE"), ((string?)ended["state"], (string?)ended["reason"]));
        (await _silo.PostAsync(Alice, "/v1/decisions", await _silo.DecisionAsync(id))).IsProblem(409, "invalid_transition");
    }

    [Fact]
    public async Task What_was_decided_is_read_by_its_id_with_what_was_shown_and_why()
    {
        await _silo.RegisterAsync();
        var id = await _silo.WaitingAsync();
        var decided = (await _silo.MadeAsync(Alice, "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", """{"percent":5}""")))!;
        var path = $"/v1/decisions/{(string?)decided["decision_id"]}";
        var read = (await _silo.GetAsync("nora:", path)).Body!;

        Assert.Equal((id, "OVERRIDE", "alice", "release-manager"), ((string?)read["instance_id"], (string?)read["decision_type"], (string?)read["human_actor_id"], (string?)read["role"]));
        Assert.Equal(("read and understood", """{"environment":"production"}""", """{"percent":5}"""), ((string?)read["justification"], read["context_snapshot"]!.ToJsonString(), read["context_delta"]!.ToJsonString()));
        Assert.Equal((string?)decided["context_snapshot_hash"], (string?)read["context_snapshot_hash"]);
        Assert.True(Digest.TryParse(System.Text.Encoding.ASCII.GetBytes((string)read["entry_hash"]!), out _));
        (await _silo.GetAsAsync(_silo.Token("eve: gantral.admin", "strangers"), path)).IsProblem(404, "not_found");
        (await _silo.GetAsync("nora:", $"/v1/decisions/{id}")).IsProblem(404, "not_found");
        (await _silo.GetAsync("nora:", "/v1/decisions/nonsense")).IsProblem(404, "not_found");
    }

    private async Task<string?> StateAsync(string id) => (string?)(await _silo.GetAsync("nora:", $"/v1/instances/{id}")).Body!["state"];

    private static async Task Misbehave(HttpContext context, string how)
    {
        switch (how)
        {
            case "APPROVED":
                await PolicyService.Json(context, """{"decision":"APPROVED"}""");
                break;
            case "extra field":
                await PolicyService.Json(context, """{"decision":"ALLOW","approved_by":"alice"}""");
                break;
            case "hangs":
                await PolicyService.Hang(context);
                break;
            case "resets":
                context.Abort();
                break;
            case "500":
                context.Response.StatusCode = 500;
                await PolicyService.Json(context, """{"decision":"ALLOW"}""");
                break;
            default:
                await PolicyService.Json(context, $$"""{"decision":"ALLOW","note":"{{new string('x', 10_000_000)}}"}""");
                break;
        }
    }
}
