using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Runners;

/// <summary>kill -9 of a runner at each step of the protocol: another one goes on, or the instance ends; nothing is authorised and no outcome counted twice.</summary>
public sealed class RunnerKilledTests(SiloUnderTest silo) : IClassFixture<SiloUnderTest>, IAsyncLifetime, IDisposable
{
    private const string Builder = "builder: gantral.author gantral.policy_author";
    private const string Agent = "agent! gantral.operator";
    private const string Runner = "runner! gantral.runner";
    private const string Alice = "alice: release-manager";
    private const string Auditor = "auditor: gantral.auditor";

    // What was begun by a runner that is killed waits for "go" and then asks, for work that it no longer has.
    private const string StandStill =
        """
        echo $$ > "$AGENT_STORE/part"; mv "$AGENT_STORE/part" "$AGENT_STORE/pid-left"
        while [ ! -e "$AGENT_STORE/go" ]; do sleep 0.05; done
        gantral authority --step plan --key late 2> /dev/null; echo $? > "$AGENT_STORE/late"
        exit 0
        """;

    private readonly AgentFolder _folder = new();
    private readonly string _name = $"w{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        Assert.Equal(201, (await silo.PostAsync(Builder, "/v1/policies", $$$"""
            {"policy_id":"{{{_name}}}","version":"1","evaluator":"rules","rules":[
              {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"]}],"default":{"decision":"ALLOW"}}
            """)).Status);
        Assert.Equal(201, (await silo.PostAsync(Builder, "/v1/workflows", $$$"""
            {"workflow_id":"{{{_name}}}","version":"1","materiality":"HIGH","policy_version_id":"{{{_name}}}@1","queue":"{{{_name}}}","steps":[{"step":"plan"},{"step":"deploy","governed":true}]}
            """)).Status);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", new[] { "CREATED", "RUNNING", "COMPLETED" })]
    [InlineData("gantral authority --step plan || exit 1", new[] { "CREATED", "RUNNING", "STEP_ALLOWED", "COMPLETED" })]
    public async Task Before_or_after_a_step_was_allowed_another_runner_begins_anew(string asks, string[] history)
    {
        var agent = _folder.Script("agent", $"""
            if [ $GANTRAL_ATTEMPT = 2 ]; then exit 0; fi
            {asks}
            {StandStill}
            """);
        var id = await CreatedAsync();
        using var first = await StartAsync(agent);
        await _folder.ReadAsync("pid-left");
        await first.KillAsync();
        using var second = await StartAsync(agent);

        await UntilAsync(id, "COMPLETED");
        await NobodyElseIsHeardAsync(id, history);
    }

    [Fact]
    public async Task After_a_person_was_asked_a_new_process_goes_on_once_it_is_decided()
    {
        var agent = _folder.Script("agent", $"""
            if [ $GANTRAL_KIND = RESUME ]; then exit 0; fi
            gantral authority --step deploy > /dev/null
            {StandStill}
            """);
        var id = await CreatedAsync();
        using var first = await StartAsync(agent);
        await _folder.ReadAsync("pid-left");
        await first.KillAsync();
        using var second = await StartAsync(agent);
        await ApproveAsync(id);

        await UntilAsync(id, "COMPLETED");
        await NobodyElseIsHeardAsync(id, ["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "APPROVED", "RESUMED", "RUNNING", "COMPLETED"]);
    }

    [Fact]
    public async Task After_the_suspension_nothing_is_lost_with_the_runner()
    {
        var agent = _folder.Script("agent", """
            if [ $GANTRAL_KIND = RESUME ]; then exit 0; fi
            gantral authority --step deploy > /dev/null
            """);
        var id = await CreatedAsync();
        using var first = await StartAsync(agent);
        await Until.TrueAsync(async () => (await HistoryAsync(id)).Contains("SUSPENDED"));
        await first.KillAsync();
        await ApproveAsync(id);
        using var second = await StartAsync(agent);

        await UntilAsync(id, "COMPLETED");
        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "SUSPENDED", "APPROVED", "RESUMED", "RUNNING", "COMPLETED"], await HistoryAsync(id));
    }

    [Fact]
    public async Task In_the_middle_of_what_was_approved_the_instance_ends_and_is_not_run_again()
    {
        var agent = _folder.Script("agent", $"""
            if [ $GANTRAL_KIND = START ]; then exec gantral authority --step deploy; fi
            echo run >> "$AGENT_STORE/runs"
            {StandStill}
            """);
        var id = await CreatedAsync();
        using var first = await StartAsync(agent);
        await Until.TrueAsync(async () => (await HistoryAsync(id)).Contains("SUSPENDED"));
        await ApproveAsync(id);
        await _folder.ReadAsync("pid-left");
        await first.KillAsync();
        using var second = await StartAsync(agent);

        await UntilAsync(id, "TERMINATED");
        Assert.Equal("RUNNER_LOST", (string?)(await silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["reason"]);
        await NobodyElseIsHeardAsync(id, ["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "SUSPENDED", "APPROVED", "RESUMED", "RUNNING", "TERMINATED"]);
        Assert.Equal("run", await _folder.ReadAsync("runs"));
    }

    [Fact]
    public async Task Before_the_outcome_was_answered_it_counts_once()
    {
        using var relay = new Relay(silo.Address, "/outcome");
        var agent = _folder.Script("agent", "echo run >> \"$AGENT_STORE/runs\"");
        var id = await CreatedAsync();
        using var first = await StartAsync(agent, relay.Address);
        await relay.Answered.Task.WaitAsync(TestFolder.Patience);
        await first.KillAsync();
        using var second = await StartAsync(agent);
        var next = await CreatedAsync();

        await UntilAsync(next, "COMPLETED");
        Assert.Equal(["CREATED", "RUNNING", "COMPLETED"], await HistoryAsync(id));
        Assert.Equal("run\nrun", await _folder.ReadAsync("runs"));
    }

    [Fact]
    public async Task Before_the_suspension_was_answered_it_counts_once_and_a_new_process_goes_on()
    {
        using var relay = new Relay(silo.Address, "\"SUSPENDED\"");
        var agent = _folder.Script("agent", """
            echo $GANTRAL_KIND >> "$AGENT_STORE/runs"
            if [ $GANTRAL_KIND = RESUME ]; then exit 0; fi
            exec gantral authority --step deploy > /dev/null
            """);
        var id = await CreatedAsync();
        using var first = await StartAsync(agent, relay.Address);
        await relay.Answered.Task.WaitAsync(TestFolder.Patience);
        await first.KillAsync();
        await ApproveAsync(id);
        using var second = await StartAsync(agent);

        await UntilAsync(id, "COMPLETED");
        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "SUSPENDED", "APPROVED", "RESUMED", "RUNNING", "COMPLETED"], await HistoryAsync(id));
        Assert.Equal("START\nRESUME", await _folder.ReadAsync("runs"));
    }

    [Fact]
    public async Task Before_the_claim_was_answered_another_runner_gets_the_work()
    {
        var id = await CreatedAsync();
        using var relay = new Relay(silo.Address, "/claims");
        var agent = _folder.Script("agent", "echo $GANTRAL_FENCING_TOKEN >> \"$AGENT_STORE/runs\"");
        using var first = await StartAsync(agent, relay.Address);
        await relay.Answered.Task.WaitAsync(TestFolder.Patience);
        await first.KillAsync();
        using var second = await StartAsync(agent);

        await UntilAsync(id, "COMPLETED");
        Assert.Equal(["CREATED", "RUNNING", "COMPLETED"], await HistoryAsync(id));
        Assert.Equal("2", await _folder.ReadAsync("runs"));
    }

    private async Task NobodyElseIsHeardAsync(string id, string[] history)
    {
        _folder.Write("go");
        Assert.Equal("69", await _folder.ReadAsync("late"));
        Assert.Equal(history, await HistoryAsync(id));
    }

    private async Task<RunnerProcess> StartAsync(string agent, Uri? address = null) =>
        RunnerProcess.Start(_folder, address ?? silo.Address, await silo.TokenAsync(Runner), ["--queue", _name, "--lease", "PT2S", "--wait", "PT1S", "--pass-token"], agent);

    private async Task<string> CreatedAsync() =>
        (string)(await silo.PostAsync(Agent, "/v1/instances", $$"""{"workflow_id":"{{_name}}","workflow_version":"1"}""")).Body!["instance_id"]!;

    private async Task ApproveAsync(string id)
    {
        var shown = (string)(await silo.GetAsync(Alice, $"/v1/instances/{id}")).Body!["pending"]!["context_snapshot_hash"]!;
        Assert.Equal(201, (await silo.PostAsync(Alice, "/v1/decisions", $$"""{"instance_id":"{{id}}","decision_type":"APPROVE","role":"release-manager","justification":"looks right","context_snapshot_hash":"{{shown}}"}""")).Status);
    }

    private async Task<string[]> HistoryAsync(string id) =>
        [.. (await silo.GetAsync(Auditor, $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    private Task UntilAsync(string id, string state) => Until.TrueAsync(async () => (string?)(await silo.GetAsync(Runner, $"/v1/instances/{id}")).Body!["state"] == state);
}
