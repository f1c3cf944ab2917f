using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>A good request for every route, about things that are there: of our team, of another, or of nobody.</summary>
internal sealed class Targets
{
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>The routes that answer and end, to whoever has a token.</summary>
    public static IReadOnlyList<Route> Routes { get; } = [.. PaperRoutes.All.Where(route => !route.IsSigned && route.Path != "/v1/streams/entries")];

    /// <summary>Makes one of everything for a team.</summary>
    public static async Task<Targets> MakeAsync(SiloUnderTest silo, string team)
    {
        var targets = new Targets();
        var (name, person) = ($"{team}-{Guid.NewGuid():N}", "alice: release-manager");
        await MakeAsync("builder: gantral.policy_author gantral.author", "/v1/policies", $$$"""
            {"policy_id":"{{{name}}}","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],"default":{"decision":"ALLOW"}}
            """);
        await MakeAsync("builder: gantral.policy_author gantral.author", "/v1/workflows", $$"""
            {"workflow_id":"{{name}}","version":"1","materiality":"HIGH","policy_version_id":"{{name}}@1","queue":"q-{{team}}","steps":[{"step":"plan"},{"step":"deploy","governed":true}]}
            """);
        (targets._ids["workflow_id"], targets._ids["version"], targets._ids["policy_version_id"]) = (name, "1", $"{name}@1");
        targets._ids["instance_id"] = await CreateAsync();
        var decided = await WaitAsync();
        targets._ids["decision_id"] = (string)(await MakeAsync(person, "/v1/decisions", Decision(decided)))["decision_id"]!;
        var waiting = await WaitAsync();
        (targets._ids["waiting_id"], targets._ids["hash"]) = ((string)waiting["instance_id"]!, (string)waiting["pending"]!["context_snapshot_hash"]!);
        targets._ids["delegation_id"] = (string)(await MakeAsync(person, "/v1/delegations", Lending()))["delegation_id"]!;
        targets._ids["subscription_id"] = (string)(await MakeAsync("builder: gantral.author", "/v1/subscriptions", Subscription))["subscription_id"]!;
        await MakeAsync("builder: gantral.author", "/v1/connections", $$"""{"connection_id":"{{name}}","version":"1","reference":"vault://kv/payments#token"}""");
        targets._ids["connection_id"] = name;
        var worked = await CreateAsync();
        var claimed = await MakeAsync("runner! gantral.runner", $"/v1/queues/q-{team}/claims", """{"runner_id":"r1","max":10,"lease":"PT1H"}""");
        (targets._ids["queue"], targets._ids["task_id"]) = ($"q-{team}", (string)claimed["tasks"]!.AsArray().Single(task => (string?)task!["instance_id"] == worked)!["task_id"]!);
        return targets.Finish();

        async Task<string> CreateAsync() => (string)(await MakeAsync("agent! gantral.operator", "/v1/instances", $$"""{"workflow_id":"{{name}}","workflow_version":"1"}"""))["instance_id"]!;

        async Task<JsonNode> WaitAsync() => await MakeAsync("agent! gantral.operator", $"/v1/instances/{await CreateAsync()}/authority", """{"step":"deploy","execution_context":{"environment":"production"}}""");

        async Task<JsonNode> MakeAsync(string who, string path, string body)
        {
            var made = await silo.PostAsync(who, path, body, team: team);
            Assert.True(made.Status is 200 or 201, made.Body?.ToJsonString());
            return made.Body!;
        }
    }

    /// <summary>Ids as they might be, of things that are not there.</summary>
    public static Targets Missing()
    {
        var (name, targets) = ($"missing-{Guid.NewGuid():N}", new Targets());
        (targets._ids["workflow_id"], targets._ids["version"], targets._ids["policy_version_id"], targets._ids["hash"]) = (name, "1", $"{name}@1", new string('a', 64));
        // Of the log that there is.
        targets._ids["instance_id"] = targets._ids["waiting_id"] = Gantral.Silo.Tests.Ledger.LedgerDatabase.NewId().ToString("D");
        targets._ids["decision_id"] = Guid.CreateVersion7().ToString("D");
        targets._ids["delegation_id"] = Guid.CreateVersion7().ToString("D");
        return targets.Finish();
    }

    /// <summary>A good request for a route.</summary>
    public RawRequest Of(Route route, Uri silo, string token)
    {
        var body = route.IsPost ? Encoding.UTF8.GetBytes(Filled(Body(route.Path))) : null;
        (string, string)[] headers = [("Host", silo.Authority), ("Authorization", $"Bearer {token}")];
        return new RawRequest(route.Method, Filled(route.Path), route.IsPost ? [.. headers, ("Content-Type", "application/json")] : headers, body);
    }

    /// <summary>An answer about these, without saying which they are.</summary>
    public string Told(RawAnswer answer) => _ids.Where(id => id.Value.Length > 10).Aggregate(answer.Told, (told, id) => told.Replace(id.Value, "…", StringComparison.Ordinal));

    private Targets Finish()
    {
        (_ids["log_id"], _ids["level"], _ids["*index"]) = ("1", "0", "000.p/1");
        return this;
    }

    private string Filled(string text)
    {
        var filled = _ids.Aggregate(text, (so, id) => so.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
        return filled.Contains("/{", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Replace(filled, "/{[^/]+}", $"/{Guid.Empty:D}") : filled;
    }

    private const string Subscription = """{"url":"http://127.0.0.1:9/","secret":"file://webhooks/nobody","entry_types":["TERMINATED"],"workflow_id":"nothing"}""";

    private static string Decision(JsonNode waiting) =>
        $$"""{"instance_id":"{{(string)waiting["instance_id"]!}}","decision_type":"APPROVE","role":"release-manager","justification":"read and understood","context_snapshot_hash":"{{(string)waiting["pending"]!["context_snapshot_hash"]!}}"}""";

    private static string Lending() =>
        $$"""{"to":{"id":"bob"},"role":"release-manager","until":"{{DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}","justification":"on leave"}""";

    private static string Body(string path) => path switch
    {
        "/v1/policies" => $$$"""{"policy_id":"p{{{Guid.NewGuid():N}}}","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy","context.amount":{"gte":1000}},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["cto"],"timeout":"PT30M"}],"default":{"decision":"ALLOW"}}""",
        "/v1/workflows" => $$"""{"workflow_id":"w{{Guid.NewGuid():N}}","version":"1","materiality":"HIGH","policy_version_id":"{policy_version_id}","queue":"q","mode":"ENFORCE","steps":[{"step":"plan"},{"step":"deploy","after":["plan"],"governed":true}],"triggers":[{"type":"api"}]}""",
        "/v1/instances" => """{"workflow_id":"{workflow_id}","workflow_version":"1","trigger_context":{"change":"CHG-1"}}""",
        "/v1/decisions" => """{"instance_id":"{waiting_id}","decision_type":"OVERRIDE","role":"release-manager","justification":"read and understood","context_snapshot_hash":"{hash}","context_delta":{"percent":5},"delegation_id":"{delegation_id}"}""",
        "/v1/delegations" => Lending(),
        "/v1/subscriptions" => Subscription,
        "/v1/connections" => $$"""{"connection_id":"c{{Guid.NewGuid():N}}","version":"1","reference":"vault://kv/payments#token"}""",
        "/v1/queues/{queue}" => """{"state":"open","most_at_once":1000}""",
        _ when path.EndsWith("/claims", StringComparison.Ordinal) => """{"runner_id":"r1","max":2,"wait":"PT0S","lease":"PT60S"}""",
        _ when path.EndsWith("/heartbeat", StringComparison.Ordinal) => """{"fencing_token":1,"lease":"PT60S"}""",
        _ when path.EndsWith("/outcome", StringComparison.Ordinal) => $$$"""{"fencing_token":1,"outcome":"COMPLETED","evidence":[{"ref":"s3://bucket/1","hash":"sha256:{{{new string('0', 64)}}}"}],"cost":{"currency":"USD","amount":"0.12"}}""",
        "/v1/audit/logs/{log_id}/cosignatures" => """{"size":2,"signature":"— witness.example AAAAAAA="}""",
        "/v1/audit/reports/policy-replay" => """{"policy_version_id":"{policy_version_id}"}""",
        _ when path.EndsWith("/authority", StringComparison.Ordinal) => """{"step":"plan","execution_context":{"environment":"production","amount":12.5}}""",
        _ when path.EndsWith("/evaluate", StringComparison.Ordinal) => """{"workflow_id":"{workflow_id}","workflow_version":"1","materiality":"HIGH","step":"deploy","execution_context":{"environment":"production"}}""",
        _ when path.EndsWith("/evidence", StringComparison.Ordinal) => $$"""{"evidence":[{"ref":"s3://bucket/log","hash":"sha256:{{new string('0', 64)}}"}]}""",
        _ when path.EndsWith("/cost", StringComparison.Ordinal) => """{"currency":"USD","amount":"0.12"}""",
        _ when path.EndsWith("/cancel", StringComparison.Ordinal) || path.EndsWith("/revoke", StringComparison.Ordinal) => """{"justification":"no longer"}""",
        _ when path.EndsWith("/redactions", StringComparison.Ordinal) => """{"sequence":1,"fields":["trigger_context"],"justification":"asked for by the person it is about"}""",
        _ => "{}",
    };
}
