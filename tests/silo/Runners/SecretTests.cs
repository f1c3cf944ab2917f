using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Client;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Client;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Runners;

/// <summary>Secrets are found where the work is done, and are nowhere else: not in the database, not in what a runner says.</summary>
public sealed class SecretTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Runner = "runner! gantral.runner";
    private const string Author = "wilma: gantral.author gantral.policy_author";

    private readonly string _secret = $"hunter2-{Guid.NewGuid():N}";
    private readonly AgentFolder _folder = new();
    private readonly RecordedLog _log = new();
    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_agent_finds_its_secrets_in_its_environment_and_whatever_it_says_they_are_nowhere_else()
    {
        var agent = _folder.Script("agent", """
            { echo "$GANTRAL_CONNECTION_PAYMENTS_API"; env | grep -c ^GANTRAL_CONNECTION_; ls "$(dirname "$GANTRAL_CONTEXT_FILE")"; } > "$AGENT_STORE/part"
            mv "$AGENT_STORE/part" "$AGENT_STORE/seen"
            echo "cannot log in with $GANTRAL_CONNECTION_PAYMENTS_API" >&2
            exit 7
            """);
        await UsingAsync($"file://{Secret("payments")}");
        var id = await CreatedAsync();
        using var runner = Start(agent);
        var ended = await UntilAsync(id, "TERMINATED");

        Assert.Equal(new[] { _secret, "1", "context.json" }, (await _folder.ReadAsync("seen")).Split('\n'));
        Assert.Equal(("AGENT_FAILED", "exit status 7: cannot log in with [payments-api]"), ((string?)ended["reason"], (string?)await ErrorAsync(id)));
        await StopAsync(runner);
        Assert.Contains(runner.Said, line => line == "cannot log in with [payments-api]");
        await NowhereAsync(runner.Said);
    }

    [Theory]
    [InlineData("file:///no/such/file", "file:///no/such/file is not there.")]
    [InlineData("env://NO_SUCH_VARIABLE", "env://NO_SUCH_VARIABLE is not set in the environment of this runner.")]
    [InlineData("env://GANTRAL_TOKEN", "is a variable of the runner itself")]
    [InlineData("vault://kv/payments#token", "has no resolver for vault://: add an ISecretResolver")]
    public async Task What_cannot_be_found_is_how_the_work_failed_and_the_agent_is_not_started(string reference, string why)
    {
        await UsingAsync(reference);
        var id = await CreatedAsync();
        using var runner = Start(_folder.Script("agent", "echo ran > \"$AGENT_STORE/ran\""));

        Assert.Equal("AGENT_FAILED", (string?)(await UntilAsync(id, "TERMINATED"))["reason"]);
        var error = (await ErrorAsync(id))!;
        Assert.Equal("secret_unresolved", (string?)error["code"]);
        Assert.Contains(reference, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Contains(why, (string)error["message"]!, StringComparison.Ordinal);
        await StopAsync(runner);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "ran")));
        Assert.Equal(0, await Places.OfAsync(server.Database, _silo.Token(Runner)));
    }

    [Fact]
    public async Task A_runner_hands_out_files_of_its_folder_only_and_never_its_own_token()
    {
        var token = Path.Combine(_folder.Path, "token");
        await File.WriteAllTextAsync(token, _silo.Token(Runner));
        var secrets = Directory.CreateDirectory(Path.Combine(_folder.Path, "secrets")).FullName;
        File.CreateSymbolicLink(Path.Combine(secrets, "link"), token);
        foreach (var (number, path) in new[] { (1, $"{secrets}/../token"), (2, Secret("elsewhere")), (3, $"{secrets}/link") })
        {
            await UsingAsync($"file://{path}", $"{number + 1}");
            var id = await CreatedAsync($"{number + 1}");
            using var runner = RunnerProcess.Start(_folder, _silo.Address, "", ["--queue", "q", "--wait", "PT1S", "--token-file", token, "--secrets", secrets], "/bin/true");
            Assert.Equal("AGENT_FAILED", (string?)(await UntilAsync(id, "TERMINATED"))["reason"]);
            Assert.Contains(number == 2 ? "where this runner looks for secrets" : "a file of the runner itself", (string)(await ErrorAsync(id))!["message"]!, StringComparison.Ordinal);
            await StopAsync(runner);
        }
    }

    [Fact]
    public async Task A_resolver_of_ones_own_is_asked_right_before_the_work_and_what_it_found_is_not_told()
    {
        await UsingAsync("vault://kv/payments#token");
        var asked = new ConcurrentQueue<string>();
        var ids = new[] { await CreatedAsync(), await CreatedAsync(), await CreatedAsync() };
        var work = new Queue<Func<RunnerTask, Outcome>>(
        [
            task => throw new InvalidOperationException($"{task.Secrets["payments-api"]} is refused"),
            task => new Suspended(new EvidenceReference($"s3://bucket/1?key={task.Secrets["payments-api"]}", $"sha256:{new string('a', 64)}")),
            task => new Failed(new AgentError($"no entry for {task.Secrets["payments-api"]}", "denied")),
        ]);
        await RunAsync(new Vault(reference => { asked.Enqueue(reference); return _secret; }), (task, _) => Task.FromResult(work.Dequeue()(task)), ids);

        Assert.Equal(Enumerable.Repeat("vault://kv/payments#token", 3), asked);
        Assert.Equal("InvalidOperationException: [payments-api] is refused", (string?)await ErrorAsync(ids[0]));
        Assert.Contains("had a secret in one of its references", (string)(await ErrorAsync(ids[1]))!["message"]!, StringComparison.Ordinal);
        Assert.Equal(("denied", "no entry for [payments-api]"), ((string?)(await ErrorAsync(ids[2]))!["code"], (string?)(await ErrorAsync(ids[2]))!["message"]));
        await NowhereAsync(_log.Lines);
    }

    [Fact]
    public async Task A_resolver_that_fails_is_told_by_its_reference_and_never_by_what_it_says()
    {
        await UsingAsync("vault://kv/payments#token");
        var id = await CreatedAsync();
        await RunAsync(new Vault(_ => throw new InvalidOperationException($"cannot decrypt {_secret}")), (_, _) => Task.FromResult<Outcome>(new Completed()), id);

        Assert.Equal("vault://kv/payments#token could not be resolved (InvalidOperationException).", (string?)(await ErrorAsync(id))!["message"]);
        await NowhereAsync(_log.Lines);
    }

    [Fact]
    public async Task Work_is_handed_out_with_its_references_also_to_the_process_that_goes_on_and_to_no_other_team()
    {
        await UsingAsync("vault://kv/payments#token");
        var id = await CreatedAsync();
        using var client = _silo.Client(Runner);
        using var alice = _silo.Client("alice: release-manager");
        using var strangers = new GantralClient(new GantralClientOptions { Address = _silo.Address, Token = _ => new(_silo.Token(Author, "strangers")) });
        var expected = new TaskConnection("payments-api", "1", "vault://kv/payments#token");
        var begun = Assert.Single(await client.Queues.ClaimAsync("q", new Claim { RunnerId = "r1" }));
        Assert.Equal([expected], begun.Connections);
        await client.Instances.RequestAuthorityAsync(begun.InstanceId, new AuthorityQuestion { Step = "deploy", TaskId = begun.TaskId, FencingToken = begun.FencingToken });
        await client.Tasks.ReportAsync(begun.TaskId, begun.FencingToken, new Suspended(null));
        await alice.DecideAsync(Guid.Parse(id), DecisionType.Approve);

        Assert.Equal([expected], Assert.Single(await client.Queues.ClaimAsync("q", new Claim { RunnerId = "r1" })).Connections);
        Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<GantralException>(() => strangers.Connections.GetAsync("payments-api", "1"))).Code);
        var theirs = (await _silo.PostAsAsync(_silo.Token(Author, "strangers"), "/v1/policies", $$$"""{"policy_id":"s{{{_silo.Name}}}","version":"1","evaluator":"rules","rules":[],"default":{"decision":"ALLOW"}}""")).Status;
        var refused = await _silo.PostAsAsync(_silo.Token(Author, "strangers"), "/v1/workflows", $$"""{"workflow_id":"s{{_silo.Name}}","version":"1","materiality":"LOW","policy_version_id":"s{{_silo.Name}}@1","queue":"q","connections":["payments-api@1"],"steps":[]}""");
        Assert.Equal((201, 404), (theirs, refused.Status));
    }

    // Its secret, in a file that the runner can read.
    private string Secret(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, $"{_secret}\n");
        return path;
    }

    private RunnerProcess Start(string agent) => RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), ["--queue", "q", "--wait", "PT1S"], agent);

    private static async Task StopAsync(RunnerProcess runner)
    {
        await runner.InterruptAsync();
        Assert.Equal(0, await runner.EndAsync());
    }

    private async Task UsingAsync(string reference, string version = "1")
    {
        await _silo.MadeAsync(Author, "/v1/connections", $$"""{"connection_id":"payments-api","version":"{{version}}","reference":"{{reference}}"}""");
        var workflow = JsonNode.Parse(_silo.WorkflowOf($"{_silo.Name}@1", version: $"with-{version}"))!;
        workflow["connections"] = new JsonArray($"payments-api@{version}");
        await _silo.MadeAsync(Author, "/v1/workflows", workflow.ToJsonString());
    }

    private async Task<string> CreatedAsync(string version = "1") =>
        (string)(await _silo.MadeAsync("agent! gantral.operator", "/v1/instances", $$"""{"workflow_id":"{{_silo.Name}}","workflow_version":"with-{{version}}"}"""))["instance_id"]!;

    private async Task RunAsync(ISecretResolver resolver, Func<RunnerTask, CancellationToken, Task<Outcome>> work, params string[] ids)
    {
        using var client = _silo.Client(Runner);
        using var stopping = new CancellationTokenSource(TestFolder.Patience);
        var options = new GantralRunnerOptions { Queue = "q", Wait = TimeSpan.FromSeconds(1), Resolvers = [resolver], Logger = _log };
        var running = new GantralRunner(client, options, work).RunAsync(stopping.Token);
        foreach (var id in ids)
        {
            await UntilAsync(id, "TERMINATED");
        }

        await stopping.CancelAsync();
        await running;
    }

    private async Task NowhereAsync(IEnumerable<string> said)
    {
        Assert.Equal(0, await Places.OfAsync(server.Database, _secret));
        Assert.NotEqual(0, await Places.OfAsync(server.Database, "payments-api"));
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, line => line.Contains(_secret, StringComparison.Ordinal));
    }

    private async Task<JsonNode?> ErrorAsync(string id) =>
        (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Last()!["payload"]!["error"]!["value"];

    private async Task<JsonNode> UntilAsync(string id, string state)
    {
        JsonNode? instance = null;
        await Until.TrueAsync(async () => (string?)(instance = (await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!)["state"] == state);
        return instance!;
    }

    private sealed class Vault(Func<string, string> find) : ISecretResolver
    {
        public string Scheme => "vault";

        public ValueTask<string> ResolveAsync(string reference, CancellationToken cancellation) => new(find(reference));
    }
}
