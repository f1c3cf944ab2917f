using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Silo.Tests.WholeLife;

/// <summary>Lives of instances from their policy to their history, over HTTP, against a silo as people run it.</summary>
public sealed class WholeLifeTests(SiloUnderTest silo) : IClassFixture<SiloUnderTest>, IAsyncLifetime
{
    private const string Builder = "builder: gantral.author gantral.policy_author";
    private const string Agent = "agent! gantral.operator";
    private const string Alice = "alice: release-manager";
    private const string Auditor = "auditor: gantral.auditor";

    private readonly string _name = Guid.NewGuid().ToString("N");

    public async Task InitializeAsync()
    {
        await MadeAsync(Builder, "/v1/policies", $$$"""
            {"policy_id":"{{{_name}}}","version":"1","evaluator":"rules","rules":[
              {"when":{"step":"delete"},"decision":"DENY"},
              {"when":{"step":"deploy","context.environment":["production","staging"]},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],
             "default":{"decision":"ALLOW"}}
            """);
        await MadeAsync(Builder, "/v1/workflows", $$$"""
            {"workflow_id":"{{{_name}}}","version":"1","materiality":"HIGH","policy_version_id":"{{{_name}}}@1","queue":"q","mode":"ENFORCE",
             "steps":[{"step":"plan"},{"step":"deploy","after":["plan"],"governed":true},{"step":"delete","governed":true}],"triggers":[{"type":"api"}]}
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_approval_is_bound_to_exactly_what_was_shown_and_lets_the_work_go_on()
    {
        var id = await WaitingAsync();
        var shown = Assert.Single((await silo.GetAsync(Alice, "/v1/decisions/pending?limit=200")).Body!["instances"]!.AsArray(), one => (string?)one!["instance_id"] == id)!["pending"]!;
        var salt = Convert.FromHexString((string)shown["context_snapshot_salt"]!);
        var hash = PayloadHashing.Of(salt, Gateway.Samples.Json(shown["context_snapshot"]!.ToJsonString()).Span);
        Assert.Equal(hash.ToString(), (string?)shown["context_snapshot_hash"]);

        var decided = await DecideAsync(id, "APPROVE", hash, key: "k1");
        var again = await DecideAsync(id, "APPROVE", hash, key: "k1");

        Assert.Equal((201, "RESUMED"), (decided.Status, (string?)decided.Body!["instance"]!["state"]));
        Assert.Equal((201, (string?)decided.Body["decision_id"]), (again.Status, (string?)again.Body!["decision_id"]));
        (await DecideAsync(id, "REJECT", hash, key: "k1")).IsProblem(409, "idempotency_conflict");
        (await DecideAsync(id, "REJECT", hash, key: "k2")).IsProblem(409, "invalid_transition");
        var entries = (await silo.GetAsync(Auditor, $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray();
        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "APPROVED", "RESUMED"], entries.Select(entry => (string)entry!["type"]!));
        Assert.Equal([1, 2, 3, 4, 5], entries.Select(entry => (int)entry!["sequence"]!));
        Assert.Equal("looks right", (string?)entries[3]!["payload"]!["justification"]!["value"]);
    }

    [Fact]
    public async Task An_override_changes_the_context_to_use()
    {
        var id = await WaitingAsync();
        var decided = await DecideAsync(id, "OVERRIDE", await PendingHashAsync(id), delta: """{"percent":5}""");

        Assert.Equal((201, "RESUMED"), (decided.Status, (string?)decided.Body!["instance"]!["state"]));
        Assert.Equal("""{"environment":"production","percent":5}""", decided.Body["instance"]!["context"]!.ToJsonString());
    }

    [Fact]
    public async Task A_rejection_ends_it()
    {
        var id = await WaitingAsync();
        var ended = (await DecideAsync(id, "REJECT", await PendingHashAsync(id))).Body!["instance"]!;

        Assert.Equal(("TERMINATED", "REJECTED", false), ((string?)ended["state"], (string?)ended["reason"], (bool)ended["runnable"]!));
    }

    [Fact]
    public async Task Nobody_decides_who_may_not_or_what_was_not_shown()
    {
        var id = await WaitingAsync();
        var hash = await PendingHashAsync(id);

        (await DecideAsync(id, "APPROVE", hash, who: "robot! release-manager")).IsProblem(403, "not_human");
        (await DecideAsync(id, "APPROVE", hash, who: "carol: cto")).IsProblem(403, "not_eligible");
        (await DecideAsync(id, "APPROVE", Digest.Zero)).IsProblem(409, "stale_context");
        (await DecideAsync(id, "APPROVE", hash, why: "  ")).IsProblem(422, "justification_required");
        (await DecideAsync(id, "OVERRIDE", hash)).IsProblem(422, "context_delta_required");
        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["state"]);
    }

    [Fact]
    public async Task Policy_allows_denies_and_is_asked_only_about_what_is_declared()
    {
        var id = await CreatedAsync();
        Assert.Equal("RUNNING", (string?)(await AskAsync(id, """{"step":"deploy","execution_context":{"environment":"test"}}""")).Body!["state"]);
        (await AskAsync(id, """{"step":"undeclared"}""")).IsProblem(422, "unknown_step");
        var denied = (await AskAsync(id, """{"step":"delete"}""")).Body!;

        Assert.Equal(("TERMINATED", "POLICY_DENIED"), ((string?)denied["state"], (string?)denied["reason"]));
        (await AskAsync(id, """{"step":"deploy"}""")).IsProblem(409, "invalid_transition");
    }

    [Fact]
    public async Task The_same_key_creates_one_instance_also_after_a_restart()
    {
        var body = $$$"""{"workflow_id":"{{{_name}}}","workflow_version":"1","start":false}""";
        var first = await silo.PostAsync(Agent, "/v1/instances", body, key: _name);
        Assert.Equal((201, "CREATED"), (first.Status, (string?)first.Body!["state"]));

        Assert.Equal(0, await silo.StopAsync());
        await silo.StartAsync();

        var again = await silo.PostAsync(Agent, "/v1/instances", body, key: _name);
        Assert.Equal((string?)first.Body["instance_id"], (string?)again.Body!["instance_id"]);
        (await silo.PostAsync(Agent, "/v1/instances", $$$"""{"workflow_id":"{{{_name}}}","workflow_version":"1"}""", key: _name)).IsProblem(409, "idempotency_conflict");
        var path = $"/v1/instances/{(string?)first.Body["instance_id"]}";
        Assert.Equal("RUNNING", (string?)(await silo.PostAsync(Agent, $"{path}/start", "{}")).Body!["state"]);
        Assert.Equal("CANCELLED", (string?)(await silo.PostAsync(Agent, $"{path}/cancel", "")).Body!["reason"]);
        Assert.Single((await silo.GetAsync(Agent, $"/v1/instances?workflow_id={_name}")).Body!["instances"]!.AsArray());
    }

    [Fact]
    public async Task A_version_is_registered_once_and_for_good()
    {
        var policy = $$$"""{"policy_id":"{{{_name}}}-2","version":"1","evaluator":"rules","rules":[],"default":{"decision":"ALLOW"}}""";
        await MadeAsync(Builder, "/v1/policies", policy);
        await MadeAsync(Builder, "/v1/policies", policy);

        (await silo.PostAsync(Builder, "/v1/policies", policy.Replace("ALLOW", "DENY", StringComparison.Ordinal))).IsProblem(409, "version_exists");
        Assert.Equal($"{_name}-2@1", (string?)(await silo.GetAsync(Agent, $"/v1/policies/{_name}-2@1")).Body!["policy_version_id"]);
        Assert.Equal("HIGH", (string?)(await silo.GetAsync(Agent, $"/v1/workflows/{_name}/versions/1")).Body!["materiality"]);
    }

    [Fact]
    public async Task A_silo_that_serves_is_ready() => Assert.Equal("ready", (string?)(await silo.GetAsync(Agent, "/healthz/ready")).Body!["status"]);

    [Fact]
    public async Task The_evidence_is_taken_away_with_the_command_and_verified_with_the_silo_gone()
    {
        var id = await WaitingAsync();
        await DecideAsync(id, "REJECT", await PendingHashAsync(id));
        var (bundle, keys) = (Path.Combine(silo.Folder.Path, "bundle.jsonl"), Path.Combine(silo.Folder.Path, "auditors-keys.json"));
        Assert.Equal((0, ""), await silo.RunAsync(Auditor, "keys", "export", "--out", keys));
        Assert.Equal((0, ""), await silo.RunAsync(Auditor, "export", "--instance", id, "--payloads", "--out", bundle));
        Assert.Equal(69, (await silo.RunAsync(Agent, "export", "--instance", id, "--out", "nothing.jsonl")).Status);
        Assert.Equal(69, (await silo.RunAsync(Auditor, "export", "--instance", Guid.NewGuid().ToString("D"), "--out", "nothing.jsonl")).Status);
        Assert.Equal(69, (await silo.RunAsync(Agent, "export", "--log", "1", "--out", "nothing.jsonl")).Status);
        Assert.Equal(69, (await silo.RunAsync(Auditor, "export", "--log", "1", "--from", "5", "--to", "5", "--out", "nothing.jsonl")).Status);
        Assert.Equal(0, (await silo.RunAsync("root: gantral.admin", "export", "--log", "1", "--out", Path.Combine(silo.Folder.Path, "log.jsonl"))).Status);
        await GoesOnAsync(Path.Combine(silo.Folder.Path, "log.jsonl"));
        Assert.False(File.Exists("nothing.jsonl") || File.Exists("nothing.jsonl.part"));

        Assert.Equal(0, await silo.StopAsync());
        var verified = await silo.RunAsync(Auditor, "verify", bundle, "--keys", keys, "--json");
        var whole = await silo.RunAsync(Auditor, "verify", Path.Combine(silo.Folder.Path, "log.jsonl"), "--keys", Path.Combine(silo.Folder.Path, "keys.json"));
        await silo.StartAsync();

        Assert.Equal(0, verified.Status);
        Assert.Contains("\"verdict\":\"VALID\"", verified.Said, StringComparison.Ordinal);
        Assert.Equal(0, whole.Status);
    }

    // Cut behind its last line feed but one, in the middle of a line, and behind an entry whose private content lacks.
    private async Task GoesOnAsync(string log)
    {
        await CreatedAsync();
        var whole = await File.ReadAllBytesAsync(log);
        foreach (var cut in new[] { whole.Length - 1, whole.Length * 2 / 3, whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1 })
        {
            File.Delete(log);
            await File.WriteAllBytesAsync($"{log}.part", whole[..cut]);
            Assert.Equal(64, (await silo.RunAsync("root: gantral.admin", "export", "--log", "1", "--from", "1", "--resume", "--out", log)).Status);
            Assert.Equal(0, (await silo.RunAsync("root: gantral.admin", "export", "--log", "1", "--resume", "--out", log)).Status);
            Assert.Equal(whole, await File.ReadAllBytesAsync(log));
            Assert.False(File.Exists($"{log}.part"));
        }
    }

    private async Task<string> CreatedAsync() =>
        (string)(await MadeAsync(Agent, "/v1/instances", $$$"""{"workflow_id":"{{{_name}}}","workflow_version":"1","trigger_context":{"change":"CHG-1"}}"""))["instance_id"]!;

    private async Task<string> WaitingAsync()
    {
        var id = await CreatedAsync();
        var asked = await AskAsync(id, """{"step":"deploy","execution_context":{"environment":"production"}}""");
        Assert.Equal((200, "WAITING_FOR_HUMAN"), (asked.Status, (string?)asked.Body!["state"]));
        return id;
    }

    private async Task<Digest> PendingHashAsync(string id)
    {
        var pending = (await silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["pending"]!;
        Assert.True(Digest.TryParse(System.Text.Encoding.ASCII.GetBytes((string)pending["context_snapshot_hash"]!), out var hash));
        return hash;
    }

    private Task<Gateway.Answered> AskAsync(string id, string body) => silo.PostAsync(Agent, $"/v1/instances/{id}/authority", body);

    private Task<Gateway.Answered> DecideAsync(string id, string type, Digest hash, string? key = null, string? delta = null, string who = Alice, string why = "looks right") =>
        silo.PostAsync(who, "/v1/decisions", $$$"""{"instance_id":"{{{id}}}","decision_type":"{{{type}}}","role":"release-manager","justification":"{{{why}}}","context_snapshot_hash":"{{{hash}}}","context_delta":{{{delta ?? "null"}}}}""", key);

    private async Task<JsonNode> MadeAsync(string who, string path, string body)
    {
        var made = await silo.PostAsync(who, path, body);
        Assert.True(made.Status == 201, made.Body?.ToJsonString());
        return made.Body!;
    }
}
