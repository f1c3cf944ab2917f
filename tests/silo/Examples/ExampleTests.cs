using System.Text;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Node;
using Gantral.Silo.Tests.Runners;

namespace Gantral.Silo.Tests.Examples;

/// <summary>The examples as they are, under a runner; afterwards nothing of the agent's inside is in the database.</summary>
public sealed partial class ExampleTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private readonly AgentFolder _folder = new();
    private readonly string _inside = $"inside-{Guid.NewGuid():N}";
    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_split_agent_plans_in_one_process_and_acts_in_another() =>
        RunsAsync("python3", Path.Combine(NodeService.Root(), "examples", "split-agent", "agent.py"));

    [Fact]
    public async Task A_persisted_pause_goes_on_from_its_checkpoint_in_a_new_process() =>
        await RunsAsync("node", Path.Combine(await NodeService.InstalledAsync("../../examples/persisted-pause", "@langchain/langgraph"), "agent.mjs"));

    // It asks, exits, is approved with less, and goes on with exactly that.
    private async Task RunsAsync(params string[] command)
    {
        var change = $"CHG-{Guid.NewGuid():N}";
        var id = (string)(await _silo.MadeAsync("agent! gantral.operator", "/v1/instances", $$$"""{"workflow_id":"{{{_silo.Name}}}","workflow_version":"1","trigger_context":{"change":"{{{change}}}"}}"""))["instance_id"]!;
        using var runner = RunnerProcess.Start(_folder, _silo.Address, _silo.Token("runner! gantral.runner"), ["--queue", "q", "--wait", "PT1S", "--pass-token"], ["env", $"AGENT_REASONING={_inside}", .. command]);
        await UntilAsync(id, "WAITING_FOR_HUMAN");
        await Until.TrueAsync(async () => (await HistoryAsync(id)).Contains("SUSPENDED"));
        Assert.Equal(201, (await _silo.PostAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, "OVERRIDE", delta: """{"percent":5}"""))).Status);
        await UntilAsync(id, "COMPLETED");

        Assert.Equal($"deploy {change} to production at 5 %", await _folder.ReadAsync("done.log"));
        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "SUSPENDED", "OVERRIDDEN", "RESUMED", "RUNNING", "COMPLETED"], (await HistoryAsync(id)).Where(type => type != "EVIDENCE_ATTACHED"));
        Assert.Contains(Directory.EnumerateFiles(_folder.Path), Remembers);
        Assert.NotEqual(0, await Places.OfAsync(server.Database, change));
        Assert.Equal(0, await Places.OfAsync(server.Database, _inside));
        await runner.InterruptAsync();
        Assert.Equal(0, await runner.EndAsync());
    }

    // Whether a file of the agent's store has it, also within bytes that are written as text.
    private bool Remembers(string file) =>
        Base64Pattern().Replace(File.ReadAllText(file), bytes => Encoding.UTF8.GetString(Convert.FromBase64String(bytes.Groups[1].Value))).Contains(_inside, StringComparison.Ordinal);

    [System.Text.RegularExpressions.GeneratedRegex("\"bytes\":\"([A-Za-z0-9+/=]+)\"")]
    private static partial System.Text.RegularExpressions.Regex Base64Pattern();

    private async Task<string[]> HistoryAsync(string id) =>
        [.. (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    private Task UntilAsync(string id, string state) => Until.TrueAsync(async () => (string?)(await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}")).Body!["state"] == state);
}
