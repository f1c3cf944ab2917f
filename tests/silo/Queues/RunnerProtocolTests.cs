using System.Text.Json.Nodes;
using Gantral.Evidence.Verification;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Queues;

/// <summary>The protocol of runners over HTTP, as its bodies are written down.</summary>
public sealed class RunnerProtocolTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Runner = "runner! gantral.runner";
    private const string Claims = "/v1/queues/q/claims";
    private static readonly string Reference = $$"""{"ref":"s3://bucket/1","hash":"sha256:{{Samples.Hash(7)}}"}""";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    [Fact]
    public async Task A_runner_leads_an_instance_from_its_start_over_a_pause_to_its_end()
    {
        var id = await _silo.RunningAsync();
        var start = await TakeAsync();
        Assert.Equal((id, "START", 1, 1), ((string?)start["instance_id"], (string?)start["kind"], (int)start["attempt"]!, (int)start["fencing_token"]!));
        Assert.Equal((_silo.Name, "1", "{}", null), ((string?)start["workflow_id"], (string?)start["workflow_version"], start["context"]!.ToJsonString(), start["checkpoint"]));

        var beat = await PostAsync($"/v1/tasks/{start["task_id"]}/heartbeat", """{"fencing_token":1,"lease":"PT2M"}""");
        Assert.Equal((200, "RUNNING"), (beat.Status, (string?)beat.Body!["state"]));
        Assert.True(string.CompareOrdinal((string)beat.Body["lease_until"]!, (string)start["lease_until"]!) > 0);

        var asked = await PostAsync($"/v1/instances/{id}/authority", $$"""{"step":"deploy","execution_context":{"environment":"production"},"task_id":"{{start["task_id"]}}","fencing_token":1}""");
        Assert.Equal((200, "WAITING_FOR_HUMAN"), (asked.Status, (string?)asked.Body!["state"]));
        var suspended = await PostAsync($"/v1/tasks/{start["task_id"]}/outcome", $$"""{"fencing_token":1,"outcome":"SUSPENDED","checkpoint":{{Reference}},"evidence":[{{Reference}}],"cost":{"currency":"USD","amount":"0.12"},"error":null}""");
        Assert.Equal((200, "WAITING_FOR_HUMAN"), (suspended.Status, (string?)suspended.Body!["state"]));

        Assert.Equal(201, (await _silo.PostAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", delta: """{"percent":5}"""))).Status);
        var resume = await TakeAsync();
        Assert.Equal(("RESUME", 2), ((string?)resume["kind"], (int)resume["fencing_token"]!));
        Assert.Equal("""{"environment":"production","percent":5}""", resume["context"]!.ToJsonString());
        Assert.Equal("s3://bucket/1", (string?)resume["checkpoint"]!["ref"]);

        var done = await PostAsync($"/v1/tasks/{resume["task_id"]}/outcome", """{"fencing_token":2,"outcome":"COMPLETED","evidence":[]}""");
        Assert.Equal((200, "COMPLETED", "0.12"), (done.Status, (string?)done.Body!["state"], (string?)done.Body["cost"]![0]!["amount"]));
    }

    [Fact]
    public async Task An_outcome_that_is_told_again_is_answered_as_the_first_time()
    {
        var id = await _silo.RunningAsync();
        var task = await TakeAsync();
        const string Completed = """{"fencing_token":1,"outcome":"COMPLETED"}""";
        var path = $"/v1/tasks/{task["task_id"]}/outcome";
        var first = await PostAsync(path, Completed);
        var second = await PostAsync(path, Completed);

        Assert.Equal((200, first.Body!.ToJsonString()), (second.Status, second.Body!.ToJsonString()));
        (await PostAsync(path, """{"fencing_token":1,"outcome":"FAILED"}""")).IsProblem(409, "idempotency_conflict");
        (await PostAsync(path, """{"fencing_token":2,"outcome":"FAILED"}""")).IsProblem(409, "lease_lost");
        Assert.Equal("COMPLETED", (string?)(await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["state"]);
    }

    [Fact]
    public async Task A_failure_ends_the_instance_and_says_why_to_whoever_may_read_it()
    {
        var id = await _silo.RunningAsync();
        var task = await TakeAsync();

        var failed = await PostAsync($"/v1/tasks/{task["task_id"]}/outcome", """{"fencing_token":1,"outcome":"FAILED","error":"exit status 7"}""");
        Assert.Equal(("TERMINATED", "AGENT_FAILED"), ((string?)failed.Body!["state"], (string?)failed.Body["reason"]));
        Assert.Contains("exit status 7", (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!.ToJsonString(), StringComparison.Ordinal);
        (await PostAsync($"/v1/tasks/{task["task_id"]}/heartbeat", """{"fencing_token":1}""")).IsProblem(409, "lease_lost");
    }

    [Fact]
    public async Task A_runner_asks_for_the_work_that_it_has_and_for_no_other()
    {
        var (mine, other) = (await _silo.RunningAsync(), await _silo.RunningAsync());
        var task = (await PostAsync(Claims, """{"runner_id":"r1","max":2}""")).Body!["tasks"]!.AsArray().Single(task => (string?)task!["instance_id"] == mine)!;

        (await PostAsync($"/v1/instances/{mine}/authority", """{"step":"plan"}""")).IsProblem(403, "forbidden");
        (await PostAsync($"/v1/instances/{mine}/authority", $$"""{"step":"plan","task_id":"{{task["task_id"]}}"}""")).IsProblem(400, "invalid_body");
        (await PostAsync($"/v1/instances/{mine}/authority", $$"""{"step":"plan","task_id":"{{task["task_id"]}}","fencing_token":2}""")).IsProblem(409, "lease_lost");
        (await PostAsync($"/v1/instances/{other}/authority", $$"""{"step":"plan","task_id":"{{task["task_id"]}}","fencing_token":1}""")).IsProblem(409, "lease_lost");
        Assert.Equal(200, (await PostAsync($"/v1/instances/{mine}/authority", $$"""{"step":"plan","task_id":"{{task["task_id"]}}","fencing_token":1}""")).Status);
    }

    [Fact]
    public async Task Nothing_of_another_teams_work_can_be_claimed_seen_or_guessed()
    {
        await _silo.RunningAsync();
        var task = await TakeAsync();
        await _silo.RunningAsync();
        var stranger = _silo.Token(Runner, "strangers");

        Assert.Empty((await _silo.PostAsAsync(stranger, Claims, """{"runner_id":"r1"}""")).Body!["tasks"]!.AsArray());
        Assert.Empty((await _silo.GetAsAsync(stranger, "/v1/queues")).Body!["queues"]!.AsArray());
        (await _silo.GetAsAsync(stranger, "/v1/queues/q")).IsProblem(404, "not_found");
        var named = (await _silo.GetAsAsync(stranger, $"/v1/queues/q?owning_team_id={_silo.Name}")).Body!;
        var invented = (await _silo.GetAsAsync(stranger, $"/v1/queues/q?owning_team_id=t{Guid.NewGuid():N}")).Body!;
        Assert.Equal(((string?)invented["code"], (string?)invented["detail"]), ((string?)named["code"], (string?)named["detail"]));
        var order = await _silo.PostAsAsync(_silo.Token("olga: gantral.operator", "strangers"), "/v1/queues/q", $$"""{"state":"paused","owning_team_id":"{{_silo.Name}}"}""");
        Assert.True(order.Status is 403 or 404, order.Body?.ToJsonString());
        Assert.Equal("open", (string?)(await _silo.GetAsync(Runner, "/v1/queues/q")).Body!["state"]);
        var theirs = (await _silo.PostAsAsync(stranger, $"/v1/tasks/{task["task_id"]}/heartbeat", """{"fencing_token":1}""")).IsProblem(404, "not_found");
        var nobodys = (await _silo.PostAsAsync(stranger, $"/v1/tasks/{Guid.CreateVersion7()}/heartbeat", """{"fencing_token":1}""")).IsProblem(404, "not_found");
        Assert.Equal(nobodys.Detail, theirs.Detail);
        (await _silo.PostAsAsync(stranger, $"/v1/tasks/{task["task_id"]}/outcome", """{"fencing_token":1,"outcome":"COMPLETED"}""")).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{}""", "/runner_id is missing")]
    [InlineData("""{"runner_id":"r1","max":0}""", "/max must be")]
    [InlineData("""{"runner_id":"r1","max":101}""", "/max must be")]
    [InlineData("""{"runner_id":"r1","wait":"PT2M"}""", "/wait must be")]
    [InlineData("""{"runner_id":"r1","wait":20}""", "/wait must be")]
    [InlineData("""{"runner_id":"r1","lease":"PT0S"}""", "/lease must be")]
    [InlineData("""{"runner_id":"r1","lease":"soon"}""", "/lease must be")]
    [InlineData("""{"runner_id":"r1","maximum":3}""", "/maximum is not a field")]
    public async Task A_claim_that_is_wrong_is_told_where(string body, string fault) =>
        Assert.Contains(fault, (await PostAsync(Claims, body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"outcome":"COMPLETED"}""", "/fencing_token is missing")]
    [InlineData("""{"fencing_token":"1","outcome":"COMPLETED"}""", "/fencing_token must be")]
    [InlineData("""{"fencing_token":1,"outcome":"DONE"}""", "/outcome must be one of COMPLETED, FAILED, SUSPENDED")]
    [InlineData("""{"fencing_token":1,"outcome":"COMPLETED","checkpoint":{"ref":"s3://bucket/1","hash":"sha256:00"}}""", "/checkpoint")]
    [InlineData("""{"fencing_token":1,"outcome":"SUSPENDED","checkpoint":{"ref":"s3://bucket/1"}}""", "/checkpoint/hash is missing")]
    [InlineData("""{"fencing_token":1,"outcome":"SUSPENDED","checkpoint":{"state":"all of it"}}""", "/checkpoint/ref is missing")]
    [InlineData("""{"fencing_token":1,"outcome":"COMPLETED","error":"none"}""", "/error belongs to")]
    [InlineData("""{"fencing_token":1,"outcome":"COMPLETED","cost":{"currency":"dollar","amount":"1"}}""", "/cost/currency")]
    [InlineData("""{"fencing_token":1,"outcome":"COMPLETED","evidence":[{"ref":"x"}]}""", "/evidence/0/hash is missing")]
    [InlineData("""{"fencing_token":1,"outcome":"COMPLETED","memory":{}}""", "/memory is not a field")]
    public async Task An_outcome_that_is_wrong_is_told_where_and_changes_nothing(string body, string fault)
    {
        var id = await _silo.RunningAsync();
        var task = await TakeAsync();

        Assert.Contains(fault, (await PostAsync($"/v1/tasks/{task["task_id"]}/outcome", body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        Assert.Equal("RUNNING", (string?)(await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["state"]);
    }

    [Fact]
    public async Task An_operator_pauses_a_queue_limits_it_and_sees_how_it_stands()
    {
        const string Operator = "olga: gantral.operator";
        var id = await _silo.RunningAsync();
        var ordered = await _silo.PostAsync(Operator, "/v1/queues/q", """{"state":"paused","most_at_once":7}""");

        Assert.Equal((200, "paused", 7, 1), (ordered.Status, (string?)ordered.Body!["state"], (int)ordered.Body["most_at_once"]!, (int)ordered.Body["depth"]!));
        Assert.Empty((await PostAsync(Claims, """{"runner_id":"r1"}""")).Body!["tasks"]!.AsArray());
        (await _silo.PostAsync(Operator, "/v1/queues/q", """{"state":"closed"}""")).IsProblem(400, "invalid_body");
        Assert.False((bool)(await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["runnable"]!);
        Assert.False((bool)Assert.Single((await _silo.GetAsync(Runner, "/v1/instances")).Body!["instances"]!.AsArray())!["runnable"]!);
        Assert.False((bool)(await _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{id}/cost", """{"currency":"USD","amount":"0.12"}"""))["runnable"]!);
        var waiting = (await _silo.GetAsync(Runner, "/v1/queues/q")).Body!;
        Assert.True(System.Xml.XmlConvert.ToTimeSpan((string)waiting["oldest_age"]!) >= TimeSpan.Zero && waiting["oldest_since"] is not null);
        await _silo.PostAsync(Operator, "/v1/queues/q", """{"state":"open"}""");
        Assert.True((bool)(await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["runnable"]!);
        await TakeAsync();
        var seen = Assert.Single((await _silo.GetAsync(Runner, "/v1/queues")).Body!["queues"]!.AsArray())!;
        Assert.Equal(("q", _silo.Name, "open", 0, 1, "r1"), ((string?)seen["queue"], (string?)seen["owning_team_id"], (string?)seen["state"], (int)seen["depth"]!, (int)seen["at_work"]!, (string?)seen["runners"]![0]));
    }

    [Fact]
    public async Task An_answer_that_begins_an_instance_says_whether_its_work_may_be_had()
    {
        const string Operator = "olga: gantral.operator";
        async Task<bool> BegunAsync(bool inOneRequest)
        {
            var made = await _silo.MadeAsync("agent! gantral.operator", "/v1/instances", $$"""{"workflow_id":"{{_silo.Name}}","workflow_version":"1","start":{{(inOneRequest ? "true" : "false")}}}""");
            Assert.Equal(inOneRequest ? "RUNNING" : "CREATED", (string?)made["state"]);
            Assert.False(!inOneRequest && (bool)made["runnable"]!);
            return (bool)(inOneRequest ? made : await _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{made["instance_id"]}/start", "{}"))["runnable"]!;
        }

        Assert.Equal((true, true), (await BegunAsync(true), await BegunAsync(false)));
        await _silo.PostAsync(Operator, "/v1/queues/q", """{"state":"paused"}""");
        Assert.Equal((false, false), (await BegunAsync(true), await BegunAsync(false)));
        await _silo.PostAsync(Operator, "/v1/queues/another", """{"state":"paused"}""");
        await _silo.PostAsync(Operator, "/v1/queues/q", """{"state":"open","most_at_once":1}""");
        Assert.Equal((true, true), (await BegunAsync(true), await BegunAsync(false)));
        await PostAsync(Claims, """{"runner_id":"r1","max":1,"wait":"PT20S"}""");
        Assert.Equal((false, false), (await BegunAsync(true), await BegunAsync(false)));
    }

    private async Task<JsonNode> TakeAsync() =>
        Assert.Single((await PostAsync(Claims, """{"runner_id":"r1","max":10,"wait":"PT20S","lease":"PT60S"}""")).Body!["tasks"]!.AsArray())!;

    private Task<Answered> PostAsync(string path, string body) => _silo.PostAsync(Runner, path, body);
}
