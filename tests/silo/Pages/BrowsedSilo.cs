using System.Text.Json.Nodes;
using Gantral.Lives;
using Gantral.Silo.Tests.Node;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Pages;

/// <summary>A silo as people run it, and a real browser in front of it, which is told what to do and says what it found.</summary>
public sealed class BrowsedSilo : IAsyncLifetime, IDisposable
{
    private const string Author = "ann: gantral.author gantral.policy_author";

    private static readonly Dictionary<string, string> People = new()
    {
        ["alice"] = "alice: release-manager gantral.auditor",
        ["bob"] = "bob: release-manager",
        ["ann"] = Author,
        ["agent"] = "agent-7! gantral.operator",
    };

    private readonly SiloUnderTest _silo = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(Scale.Rounds(3, 20)) };
    private readonly JsonObject _tokens = [];
    private NodeService _browser = null!;

    public async Task InitializeAsync()
    {
        await _silo.InitializeAsync();
        _browser = await NodeService.OpenAsync("Pages/browser", "playwright-core");
        foreach (var (name, who) in People)
        {
            _tokens[name] = await _silo.TokenAsync(who);
        }

        await MadeAsync("/v1/policies", """
            {"policy_id":"guard","version":"1","evaluator":"rules","default":{"decision":"ALLOW"},"rules":[
              {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"},
              {"when":{"step":"hurry"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT6S"},
              {"when":{"step":"both"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"approvals_required":2,"timeout":"PT4H"}]}
            """);
        foreach (var workflow in new[] { "deploy", "many", "few" })
        {
            await MadeAsync("/v1/workflows", $$$"""
                {"workflow_id":"{{{workflow}}}","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"agents",
                 "steps":[{"step":"deploy","governed":true},{"step":"hurry","governed":true},{"step":"both","governed":true}]}
                """);
        }
    }

    /// <summary>Has the browser carry out a scenario of tests/silo/Pages/browser/scenarios, and fails with what it found.</summary>
    internal async Task RunAsync(string scenario, params (string Name, JsonNode? Value)[] told)
    {
        var fault = await Scenario.RunAsync(_client, _browser, _silo.Address, scenario, [("tokens", _tokens.DeepClone()), .. told]);
        Assert.True(fault is null, fault);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _silo.Dispose();
    }

    private async Task MadeAsync(string path, string body)
    {
        var made = await _silo.PostAsync(Author, path, body);
        Assert.True(made.Status == 201, made.Body?.ToJsonString());
    }
}
