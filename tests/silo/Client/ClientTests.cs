using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Client;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Client;

/// <summary>The C# client against a real silo: every group, and what it makes of refusals and of newer servers.</summary>
public sealed class ClientTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Agent = "agent! gantral.operator gantral.runner";
    private const string Alice = "alice: release-manager gantral.auditor";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_life_is_led_from_its_policy_to_its_evidence_in_typed_calls()
    {
        var name = _silo.Name;
        using var author = _silo.Client("ann: gantral.author gantral.policy_author");
        using var agent = _silo.Client(Agent);
        using var alice = _silo.Client(Alice);
        var terms = new AdviceTerms { Decision = PolicyDecision.RequireHuman, EligibleApproverRoles = ["release-manager"], Timeout = TimeSpan.FromMinutes(30), OnTimeout = OnTimeout.FailClosed };
        var policy = await author.Policies.RegisterAsync(new PolicyDefinition
        {
            PolicyId = name,
            Version = "1",
            Evaluator = "rules",
            Rules = [new PolicyRule { When = new JsonObject { ["step"] = "deploy" }, Decision = terms.Decision, EligibleApproverRoles = terms.EligibleApproverRoles, Timeout = terms.Timeout, OnTimeout = terms.OnTimeout }],
            Default = new AdviceTerms { Decision = PolicyDecision.Allow },
        });
        Assert.Equal($"{name}@1", policy.PolicyVersionId);
        Assert.Equal(policy.PolicyHash, (await author.Policies.GetAsync(policy.PolicyVersionId)).PolicyHash);
        Assert.Equal(policy.PolicyVersionId, Assert.Single((await author.Policies.ListAsync(name)).Policies).PolicyVersionId);
        var trial = await author.Policies.EvaluateAsync(policy.PolicyVersionId, new TrialQuestion { WorkflowId = name, WorkflowVersion = "1", Materiality = Materiality.High, Step = "deploy" });
        Assert.Equal((PolicyDecision.RequireHuman, TimeSpan.FromMinutes(30), "rules[0]"), (trial.Decision, trial.Timeout, trial.Rule));

        var workflow = await author.Workflows.RegisterAsync(new WorkflowDefinition
        {
            WorkflowId = name,
            Version = "1",
            Materiality = Materiality.High,
            PolicyVersionId = policy.PolicyVersionId,
            Queue = "q",
            Steps = [new StepDefinition { Step = "plan" }, new StepDefinition { Step = "deploy", After = ["plan"], Governed = true }],
        });
        Assert.Equal(workflow.WorkflowHash, (await author.Workflows.GetAsync(name, "1")).WorkflowHash);
        Assert.Equal("1", Assert.Single((await author.Workflows.ListAsync(name)).Workflows).Version);

        var instance = await agent.Instances.CreateAsync(new NewInstance { WorkflowId = name, WorkflowVersion = "1", TriggerContext = new JsonObject { ["change"] = "CHG-1" } }, "k1");
        Assert.Equal(instance.InstanceId, (await agent.Instances.CreateAsync(new NewInstance { WorkflowId = name, WorkflowVersion = "1", TriggerContext = new JsonObject { ["change"] = "CHG-1" } }, "k1")).InstanceId);
        var claimed = Assert.Single(await agent.Queues.ClaimAsync("q", new Claim { RunnerId = "r1", Max = 10, Wait = TimeSpan.FromSeconds(20), Lease = TimeSpan.FromMinutes(1) }));
        Assert.Equal((instance.InstanceId, WorkKind.Start, "CHG-1"), (claimed.InstanceId, claimed.Kind, (string?)claimed.Context!["change"]));
        Assert.Equal(ExecutionState.Running, (await agent.Tasks.HeartbeatAsync(claimed.TaskId, claimed.FencingToken, TimeSpan.FromMinutes(2))).State);
        Assert.Equal((1, QueueState.Open), ((int)(await agent.Queues.GetAsync("q")).AtWork, Assert.Single(await agent.Queues.ListAsync()).State));

        var asked = await agent.Instances.RequestAuthorityAsync(instance.InstanceId, new AuthorityQuestion { Step = "deploy", ExecutionContext = new JsonObject { ["amount"] = 12.50 }, TaskId = claimed.TaskId, FencingToken = claimed.FencingToken });
        Assert.Equal((ExecutionState.WaitingForHuman, "deploy", 12.5), (asked.State, asked.Pending!.Step, (double)asked.Pending.ContextSnapshot!["amount"]!));
        var reference = new EvidenceReference("s3://bucket/1", $"sha256:{new string('a', 64)}");
        await agent.Tasks.ReportAsync(claimed.TaskId, claimed.FencingToken, new Suspended(reference) { Evidence = [reference], Cost = new Money("USD", "0.12") });

        Assert.Equal(instance.InstanceId, Assert.Single((await alice.Decisions.PendingAsync()).Instances).InstanceId);
        var decided = await alice.DecideAsync(instance.InstanceId, DecisionType.Override, new JsonObject { ["percent"] = 5 });
        Assert.Equal((ExecutionState.Resumed, "read and understood"), (decided.Instance!.State, (await alice.Decisions.GetAsync(decided.DecisionId)).Justification));
        var resumed = Assert.Single(await agent.Queues.ClaimAsync("q", new Claim { RunnerId = "r1" }));
        Assert.Equal((WorkKind.Resume, 5, reference), (resumed.Kind, (int)resumed.Context!["percent"]!, resumed.Checkpoint));
        var done = await agent.Tasks.ReportAsync(resumed.TaskId, resumed.FencingToken, new Completed());
        Assert.Equal((ExecutionState.Completed, new Money("USD", "0.12")), (done.State, Assert.Single(done.Cost)));

        await agent.Instances.RecordCostAsync(instance.InstanceId, new Money("USD", "0.88"));
        await agent.Instances.AttachEvidenceAsync(instance.InstanceId, [reference]);
        Assert.Equal("1", Assert.Single((await agent.Instances.GetAsync(instance.InstanceId)).Cost).Amount.TrimEnd('0').TrimEnd('.'));
        Assert.Equal(instance.InstanceId, Assert.Single((await agent.Instances.ListAsync(ExecutionState.Completed, name)).Instances).InstanceId);
        var history = await alice.Instances.HistoryAsync(instance.InstanceId, limit: 3);
        Assert.Equal([EventType.Created, EventType.Running, EventType.WaitingForHuman], history.Entries.Select(entry => entry.Type));
        Assert.NotEmpty((await alice.Instances.HistoryAsync(instance.InstanceId, cursor: history.NextCursor)).Entries);

        using var bundle = new StreamReader(await alice.Audit.InstanceBundleAsync(instance.InstanceId, payloads: true));
        Assert.Contains("gantral/bundle/1", await bundle.ReadLineAsync(), StringComparison.Ordinal);
        var log = (await alice.Audit.LogsAsync())[0];
        Assert.StartsWith(log.Origin, await alice.Audit.CheckpointAsync(log.LogId), StringComparison.Ordinal);
        Assert.NotNull((await alice.Audit.KeysAsync())["logs"]);
    }

    [Fact]
    public async Task Roles_are_lent_and_taken_back()
    {
        using var alice = _silo.Client(Alice);
        var lent = await alice.Delegations.GrantAsync(new NewDelegation { To = new PersonReference("bob"), Role = "release-manager", Until = DateTimeOffset.UtcNow.AddDays(1), Justification = "on leave" });

        Assert.Equal(lent.DelegationId, Assert.Single((await alice.Delegations.ListAsync(DelegationScope.Given)).Delegations).DelegationId);
        Assert.NotNull((await alice.Delegations.RevokeAsync(lent.DelegationId, "back again")).RevokedAt);
        Assert.NotNull((await alice.Delegations.GetAsync(lent.DelegationId)).RevokedAt);
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_last_id_without_gap_or_repetition()
    {
        await _silo.RegisterAsync();
        using var agent = _silo.Client(Agent);
        using var patience = new CancellationTokenSource(Embedded.TestFolder.Patience);
        var (place, ids) = ("", new List<Guid?>());
        for (var round = 0; round < 3; round++)
        {
            Guid? made = null;
            await foreach (var told in agent.Streams.EntriesAsync(new StreamFilter { Types = [EventType.Created], Workflows = [_silo.Name] }, place.Length == 0 ? null : place, patience.Token))
            {
                // The first event says that the stream is there.
                made ??= (await agent.Instances.CreateAsync(new NewInstance { WorkflowId = _silo.Name, WorkflowVersion = "1" }, cancellation: patience.Token)).InstanceId;
                place = told.Id;
                if (told.Entry is { } entry)
                {
                    ids.Add(entry.InstanceId);
                    break;
                }
            }
        }

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_its_code_and_what_to_do()
    {
        using var agent = _silo.Client(Agent);
        var missing = await Assert.ThrowsAsync<GantralException>(() => agent.Instances.GetAsync(Guid.CreateVersion7()));
        var forbidden = await Assert.ThrowsAsync<GantralException>(() => agent.Workflows.RegisterAsync(new WorkflowDefinition { WorkflowId = "w", Version = "1", Materiality = Materiality.Low, PolicyVersionId = "p@1", Queue = "q", Steps = [] }));

        Assert.Equal((404, ProblemCode.NotFound, false), (missing.Status, missing.Code, missing.IsPassing));
        Assert.True(missing.Detail.Length > 0 && missing.TraceId?.Length > 0);
        Assert.Equal((403, ProblemCode.Forbidden), (forbidden.Status, forbidden.Code));
    }

    [Fact]
    public async Task What_answers_and_is_no_silo_is_said_to_be_none()
    {
        using var proxied = _silo.Client(Agent, new Answering(HttpStatusCode.BadGateway, "text/html", "<h1>Bad gateway</h1>"));
        using var odd = _silo.Client(Agent, new Answering(HttpStatusCode.OK, "application/json", "[]"));
        var bad = await Assert.ThrowsAsync<GantralException>(() => proxied.Queues.ListAsync());

        Assert.Equal((502, ProblemCode.NotGantral, true), (bad.Status, bad.Code, bad.IsPassing));
        Assert.Equal(ProblemCode.NotGantral, (await Assert.ThrowsAsync<GantralException>(() => odd.Queues.ListAsync())).Code);
    }

    [Fact]
    public async Task How_long_to_wait_is_taken_from_the_answer()
    {
        using var busy = _silo.Client(Agent, new Answering(HttpStatusCode.ServiceUnavailable, "application/problem+json", """{"code":"overloaded","detail":"Later.","trace_id":"t"}""") { RetryAfter = 7 });
        var refused = await Assert.ThrowsAsync<GantralException>(() => busy.Queues.ListAsync());

        Assert.Equal((ProblemCode.Overloaded, TimeSpan.FromSeconds(7), true), (refused.Code, refused.RetryAfter, refused.IsPassing));
    }

    [Fact]
    public async Task What_a_newer_silo_says_besides_is_passed_over()
    {
        using var newer = _silo.Client(Agent, new Answering(HttpStatusCode.OK, "application/json", """{"queues":[{"queue":"q","owning_team_id":"t","state":"open","depth":1,"at_work":0,"runners":[],"mood":{"is":"good"}}],"more":1}"""));

        Assert.Equal("q", Assert.Single(await newer.Queues.ListAsync()).Queue);
    }

    [Fact]
    public void The_codes_are_those_of_the_silo() =>
        Assert.Equal(
            WireName.All<RefusalCode>().Concat(["method_not_allowed", "internal_error", ProblemCode.NotGantral]).Order(),
            typeof(ProblemCode).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order());

    private sealed class Answering(HttpStatusCode status, string type, string body) : HttpMessageHandler
    {
        public int? RetryAfter { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, type) };
            if (RetryAfter is { } seconds)
            {
                answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
            }

            return Task.FromResult(answer);
        }
    }
}
