using System.Text.Json.Nodes;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Runners;

/// <summary><c>gantral runner</c> and <c>gantral authority</c>: agents are processes, and how they end is the outcome.</summary>
public sealed class RunnerCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Runner = "runner! gantral.runner";
    private static readonly string Hash = $"sha256:{new string('a', 64)}";
    private static readonly string[] Usual = ["--queue", "q", "--wait", "PT1S", "--pass-token"];

    private readonly AgentFolder _folder = new();
    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_agent_finds_its_task_in_its_environment_and_files_that_nobody_else_may_read()
    {
        var agent = _folder.Script("agent", """
            { env | grep ^GANTRAL_ | sort; stat -c %a "$GANTRAL_CONTEXT_FILE" "$(dirname "$GANTRAL_CONTEXT_FILE")"; cat "$GANTRAL_CONTEXT_FILE"; printf ' %s|' "$@"; cat; echo; } > "$AGENT_STORE/part"
            mv "$AGENT_STORE/part" "$AGENT_STORE/seen"
            """);
        var id = await CreatedAsync("""{"change":"CHG-1"}""");
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), ["--queue", "q", "--wait", "PT1S"], agent, "with space", "$HOME", "--queue");
        var seen = (await _folder.ReadAsync("seen")).Split('\n');
        await UntilAsync(id, "COMPLETED");

        Assert.Equal(
            ["GANTRAL_ATTEMPT", "GANTRAL_CONTEXT_FILE", "GANTRAL_FENCING_TOKEN", "GANTRAL_INSTANCE_ID", "GANTRAL_KIND", "GANTRAL_OUTCOME_FILE", "GANTRAL_TASK_ID", "GANTRAL_URL"],
            seen.Where(line => line.StartsWith("GANTRAL_", StringComparison.Ordinal)).Select(line => line.Split('=')[0]));
        Assert.Contains($"GANTRAL_INSTANCE_ID={id}", seen);
        Assert.Contains("GANTRAL_KIND=START", seen);
        Assert.Equal(["600", "700", """{"change":"CHG-1"} with space| $HOME| --queue|"""], seen[^3..]);
        Assert.Equal(0, await StopAsync(runner));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Temporary, "gantral-task-*"));
    }

    [Fact]
    public async Task An_agent_asks_exits_with_3_and_goes_on_in_a_new_process_with_what_was_approved()
    {
        var agent = _folder.Script("agent", $$$"""
            if [ "$GANTRAL_KIND" = RESUME ]; then
              { cat "$GANTRAL_CONTEXT_FILE" "$GANTRAL_CHECKPOINT_FILE"; echo; } > "$AGENT_STORE/resumed"
              echo '{"cost":{"currency":"USD","amount":"0.31"}}' > "$GANTRAL_OUTCOME_FILE"
              exit 0
            fi
            gantral authority --step plan > "$AGENT_STORE/first" || exit 1
            echo '{"environment":"production"}' | gantral authority --step deploy --context - > "$AGENT_STORE/second"
            status=$?
            echo '{"environment":"production"}' | gantral authority --step deploy --context - >> "$AGENT_STORE/second"
            echo '{"checkpoint":{"ref":"s3://bucket/1","hash":"{{{Hash}}}"}}' > "$GANTRAL_OUTCOME_FILE"
            exit $status
            """);
        var id = await _silo.RunningAsync();
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, agent);
        await Until.TrueAsync(async () => (await HistoryAsync(id)).Any(type => type == "SUSPENDED"));
        Assert.Equal("RUNNING", await _folder.ReadAsync("first"));
        Assert.Equal("WAITING_FOR_HUMAN\nWAITING_FOR_HUMAN", await _folder.ReadAsync("second"));
        Assert.Equal(201, (await _silo.PostAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", delta: """{"percent":5}"""))).Status);

        var done = await UntilAsync(id, "COMPLETED");
        Assert.Equal($$$"""{"environment":"production","percent":5}{"ref":"s3://bucket/1","hash":"{{{Hash}}}"}""", await _folder.ReadAsync("resumed"));
        Assert.Equal("0.31", (string?)done["cost"]![0]!["amount"]);
        Assert.Equal(1, (await HistoryAsync(id)).Count(type => type == "WAITING_FOR_HUMAN"));
        Assert.Equal(0, await StopAsync(runner));
    }

    [Fact]
    public async Task An_agent_whose_step_is_denied_is_told_to_stop()
    {
        var agent = _folder.Script("agent", """gantral authority --step delete > "$AGENT_STORE/said"; status=$?; echo $status >> "$AGENT_STORE/said"; exit $status""");
        var id = await _silo.RunningAsync();
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, agent);

        Assert.Equal("POLICY_DENIED", (string?)(await UntilAsync(id, "TERMINATED"))["reason"]);
        await Until.TrueAsync(async () => (await _folder.ReadAsync("said")) == "TERMINATED\n4");
        Assert.Equal(0, await StopAsync(runner));
    }

    [Theory]
    [InlineData("echo first >&2; echo 'no such branch' >&2; exit 7", "exit status 7: no such branch")]
    [InlineData("exit 9", "exit status 9")]
    [InlineData("echo '{\"error\":\"the branch is gone\"}' > \"$GANTRAL_OUTCOME_FILE\"; exit 1", "the branch is gone")]
    [InlineData("echo 'all went well' > \"$GANTRAL_OUTCOME_FILE\"", "its outcome file is not")]
    [InlineData("echo '{\"memory\":1}' > \"$GANTRAL_OUTCOME_FILE\"", "has the field memory")]
    [InlineData("head -c 100000 /dev/zero > \"$GANTRAL_OUTCOME_FILE\"", "has more than")]
    [InlineData("echo '{\"checkpoint\":{\"ref\":\"x\",\"hash\":\"none\"}}' > \"$GANTRAL_OUTCOME_FILE\"; exit 3", "The outcome Suspended was refused")]
    [InlineData("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1", "exit status 1: xxx")]
    public async Task An_agent_that_fails_ends_its_instance_and_says_why(string script, string why)
    {
        var id = await _silo.RunningAsync();
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, _folder.Script("agent", script));

        Assert.Equal("AGENT_FAILED", (string?)(await UntilAsync(id, "TERMINATED"))["reason"]);
        Assert.Contains(why, (string)(await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Last()!["payload"]!["error"]!["value"]!, StringComparison.Ordinal);
        Assert.Equal(0, await StopAsync(runner));
    }

    [Fact]
    public async Task When_the_lease_is_lost_the_agent_and_all_that_it_started_are_killed_and_nothing_is_reported()
    {
        var agent = _folder.Script("agent", """
            sh -c 'echo $$ > "$AGENT_STORE/pid-child"; exec sleep 1000' &
            echo $$ > "$AGENT_STORE/pid-agent"
            wait
            """);
        var id = await _silo.RunningAsync();
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), [.. Usual, "--lease", "PT1S"], agent);
        var (parent, child) = (await _folder.ReadAsync("pid-agent"), await _folder.ReadAsync("pid-child"));
        Assert.True(AgentFolder.Lives(parent) && AgentFolder.Lives(child));
        Assert.Equal(200, (await _silo.PostAsync("olga: gantral.operator", $"/v1/instances/{id}/cancel", "{}")).Status);

        await Until.TrueAsync(() => !AgentFolder.Lives(parent) && !AgentFolder.Lives(child));
        Assert.Equal(0, await StopAsync(runner));
        Assert.Equal(["CREATED", "RUNNING", "TERMINATED"], await HistoryAsync(id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Temporary, "gantral-task-*"));
    }

    [Fact]
    public async Task Pressed_once_what_runs_may_end_and_pressed_twice_it_is_killed()
    {
        var agent = _folder.Script("agent", """
            echo $$ > "$AGENT_STORE/pid-$GANTRAL_INSTANCE_ID"
            while [ ! -e "$AGENT_STORE/go" ]; do sleep 0.05; done
            """);
        var first = await _silo.RunningAsync();
        using (var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, agent))
        {
            await _folder.ReadAsync($"pid-{first}");
            await runner.InterruptAsync();
            await Until.TrueAsync(() => runner.Said.Any(line => line.Contains("Stopping", StringComparison.Ordinal)));
            _folder.Write("go");
            Assert.Equal(0, await runner.EndAsync());
        }

        await UntilAsync(first, "COMPLETED");
        File.Delete(Path.Combine(_folder.Path, "go"));
        var second = await _silo.RunningAsync();
        using (var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, agent))
        {
            var process = await _folder.ReadAsync($"pid-{second}");
            await runner.InterruptAsync();
            await Until.TrueAsync(() => runner.Said.Any(line => line.Contains("Stopping", StringComparison.Ordinal)));
            await runner.InterruptAsync();
            Assert.Equal(130, await runner.EndAsync());
            Assert.False(AgentFolder.Lives(process));
        }

        Assert.Equal("RUNNING", (string?)(await _silo.GetAsync(Runner, $"/v1/instances/{second}")).Body!["state"]);
    }

    [Fact]
    public async Task A_runner_without_the_role_or_with_nothing_to_start_ends_with_a_sentence()
    {
        using var forbidden = RunnerProcess.Start(_folder, _silo.Address, _silo.Token("nobody! gantral.operator"), Usual, "/bin/true");
        Assert.Equal(69, await forbidden.EndAsync());
        using var missing = RunnerProcess.Start(_folder, _silo.Address, _silo.Token(Runner), Usual, "/no/such/command");
        Assert.Equal(64, await missing.EndAsync());
    }

    private static async Task<int> StopAsync(RunnerProcess runner)
    {
        await runner.InterruptAsync();
        return await runner.EndAsync();
    }

    private async Task<string> CreatedAsync(string context) =>
        (string)(await _silo.MadeAsync("agent! gantral.operator", "/v1/instances", $$$"""{"workflow_id":"{{{_silo.Name}}}","workflow_version":"1","trigger_context":{{{context}}}}"""))["instance_id"]!;

    private async Task<string[]> HistoryAsync(string id) =>
        [.. (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    private async Task<JsonNode> UntilAsync(string id, string state)
    {
        JsonNode? instance = null;
        await Until.TrueAsync(async () => (string?)(instance = (await _silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!)["state"] == state);
        return instance!;
    }
}
