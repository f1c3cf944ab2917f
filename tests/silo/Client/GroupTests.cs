using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Client;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Client;

/// <summary>What is beside the main path: connections, webhooks, reports, who one is, and instances that one has already.</summary>
public sealed class GroupTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private ServedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Connections_are_registered_read_and_named_by_a_workflow()
    {
        using var author = _silo.Client("ann: gantral.author gantral.policy_author");
        await _silo.RegisterAsync();
        var made = await author.Connections.RegisterAsync(new NewConnection("payments-api", "1", "vault://kv/payments#token"));
        Assert.Equal(made, await author.Connections.GetAsync("payments-api", "1"));
        Assert.Equal([made], (await author.Connections.ListAsync()).Connections);

        var workflow = await author.Workflows.RegisterAsync(Using("payments-api@1") with { Version = "2" });
        Assert.Equal(["payments-api@1"], (await author.Workflows.GetAsync(_silo.Name, "2")).Connections);
        Assert.NotEqual(workflow.WorkflowHash, (await author.Workflows.RegisterAsync(Using() with { Version = "3" })).WorkflowHash);
        var missing = await Assert.ThrowsAsync<GantralException>(() => author.Workflows.RegisterAsync(Using("payments-api@2") with { Version = "4" }));
        Assert.Equal((ProblemCode.NotFound, true), (missing.Code, missing.Detail.Contains("payments-api@2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_subscription_is_made_turned_off_and_on_and_sent_once_more()
    {
        using var author = _silo.Client("ann: gantral.author");
        await _silo.RegisterAsync();
        var made = await author.Subscriptions.SubscribeAsync(new NewSubscription { Secret = "file://webhooks/payments", Url = "http://127.0.0.1:9/gantral", EntryTypes = [EventType.WaitingForHuman], WorkflowId = _silo.Name });

        Assert.Equal((SubscriptionFormat.Events, _silo.Name, "ann"), (made.Format, made.WorkflowId, made.CreatedBy));
        Assert.Equal(made.SubscriptionId, Assert.Single((await author.Subscriptions.ListAsync()).Subscriptions).SubscriptionId);
        Assert.NotNull((await author.Subscriptions.DisableAsync(made.SubscriptionId)).DisabledAt);
        Assert.Null((await author.Subscriptions.EnableAsync(made.SubscriptionId)).DisabledAt);
        Assert.NotEmpty((await author.Subscriptions.GetAsync(made.SubscriptionId)).Cursors);
        Assert.Empty((await author.Subscriptions.DeadLettersAsync(made.SubscriptionId)).DeadLetters);
        Assert.Equal(0, await author.Subscriptions.ReplayDeadLettersAsync(made.SubscriptionId));
        Assert.Equal(made.SubscriptionId, (await author.Subscriptions.ReplaySinceAsync(made.SubscriptionId, DateTimeOffset.UtcNow)).SubscriptionId);
        Assert.Contains((await author.Subscriptions.ReplayFromAsync(made.SubscriptionId, 1, 0)).Cursors, cursor => cursor is { LogId: 1, Position: 0 });
    }

    [Fact]
    public async Task Reports_are_read_as_objects_and_as_tables()
    {
        using var auditor = _silo.Client("ann: gantral.auditor gantral.policy_author");
        await _silo.RegisterAsync("OBSERVE");
        var id = Guid.Parse(await _silo.RunningAsync());
        await _silo.AskAsync(id.ToString("D"), "deploy");
        using var agent = _silo.Client("agent! gantral.operator");
        await agent.Instances.RecordCostAsync(id, new Money("USD", "0.12"));
        var range = new ReportRange { WorkflowId = _silo.Name, Since = DateTimeOffset.UtcNow.AddDays(-1), Until = DateTimeOffset.UtcNow.AddDays(1) };

        var shadow = await auditor.Reports.ShadowAsync(range);
        Assert.Equal((1, "deploy", "release-manager"), (shadow.Coverage.Instances, Assert.Single(shadow.Gates).Step, Assert.Single(shadow.Load).Role));
        Assert.Equal(("USD", "0.12"), Assert.Single((await auditor.Reports.CostAsync(range)).Workflows) is var spent ? (spent.Currency, spent.Amount) : default);
        var replayed = await auditor.Reports.PolicyReplayAsync($"{_silo.Name}@1", range);
        Assert.Equal((2, 0), (replayed.Boundaries, replayed.Changes.Count));
        Assert.All(
            await Task.WhenAll(auditor.Reports.ShadowTableAsync(range), auditor.Reports.CostTableAsync(range), auditor.Reports.PolicyReplayTableAsync($"{_silo.Name}@1", range)),
            table => Assert.Contains(',', new StreamReader(table).ReadLine()!));
    }

    [Fact]
    public async Task Whoever_asks_is_told_who_it_is()
    {
        using var alice = _silo.Client("alice: release-manager");
        var me = await alice.Caller.GetAsync();

        Assert.Equal(("alice", ActorKind.Human), (me.Actor.Id, me.Actor.Kind));
        Assert.Equal([_silo.Name], me.Teams);
        Assert.Equal(["release-manager"], me.Roles);
    }

    [Fact]
    public async Task Whoever_has_an_instance_waits_for_anything_else()
    {
        await _silo.RegisterAsync();
        var id = Guid.Parse(await _silo.RunningAsync());
        using var agent = _silo.Client("agent! gantral.operator");
        var first = await agent.Instances.GetUnlessKnownAsync(id, null);
        var known = await agent.Instances.GetUnlessKnownAsync(id, first.Tag);
        var waiting = agent.Instances.GetUnlessKnownAsync(id, first.Tag, TimeSpan.FromMinutes(1));
        await agent.Instances.RecordCostAsync(id, new Money("USD", "0.12"));
        var changed = await waiting.WaitAsync(TestFolder.Patience);

        Assert.Equal(ExecutionState.Running, first.Instance!.State);
        Assert.Equal(new TaggedInstance(first.Tag, null), known);
        Assert.Equal((true, "0.12"), (changed.Tag != first.Tag, Assert.Single(changed.Instance!.Cost).Amount));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_code_or_as_a_sentence()
    {
        await _silo.RegisterAsync();
        using var runner = _silo.Client("runner! gantral.runner");
        var errors = new List<string>();
        foreach (var error in new AgentError[] { "the branch is gone", new("the branch is gone", "no_branch") })
        {
            var id = await _silo.RunningAsync();
            var task = Assert.Single(await runner.Queues.ClaimAsync("q", new Claim { RunnerId = "r1" }));
            Assert.Equal(Reason.AgentFailed, (await runner.Tasks.ReportAsync(task.TaskId, task.FencingToken, new Failed(error))).Reason);
            errors.Add((await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray().Last()!["payload"]!["error"]!["value"]!.ToJsonString());
        }

        Assert.Equal(["\"the branch is gone\"", """{"code":"no_branch","message":"the branch is gone"}"""], errors);
    }

    private WorkflowDefinition Using(params string[] connections) => new()
    {
        WorkflowId = _silo.Name,
        Version = "1",
        Materiality = Materiality.High,
        PolicyVersionId = $"{_silo.Name}@1",
        Queue = "q",
        Connections = connections,
        Steps = [new StepDefinition { Step = "plan" }],
        Triggers = [new JsonObject { ["type"] = "api" }],
    };
}
