using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Silo.Gateway.Instances;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>What reaches the grains of a request, and what reaches the caller of their answer.</summary>
public sealed class TranslationTests : IAsyncLifetime
{
    private ServedApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ServedApi.StartAsync();
        _api.Grains.Instances[Samples.Id] = Samples.Waiting("release-manager");
    }

    public async Task DisposeAsync()
    {
        Assert.False(_api.Log.Says(1300), "Something failed unexpectedly.");
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_creation_reaches_the_grain_whole_and_is_answered_with_where_it_is()
    {
        var answered = await _api.PostAsync("/v1/instances", """{"workflow_version":"3","workflow_id":"deploy","trigger_context":{"b":1.0,"a":[ ]},"start":false,"owning_team_id":"payments"}""");

        Assert.Equal(201, answered.Status);
        Assert.Equal($"/v1/instances/{Samples.Id}", answered.Headers.Location?.ToString());
        Assert.Equal("RUNNING", (string?)answered.Body!["state"]);
        var (grain, method, caller, arguments) = Assert.Single(_api.Grains.Asked);
        Assert.Equal((Samples.Id.ToString("D"), "create"), (grain, method));
        Assert.Equal(new Creation("deploy", "3", "payments", Samples.Json("""{"a":[],"b":1}"""), Start: false), arguments[0]);
        Assert.Equal(new Actor("alice", "gantral-dev", ActorKind.Human) { Client = "gantral-cli", AuthenticatedAt = caller.Actor.AuthenticatedAt }, caller.Actor);
        Assert.Equal(["gantral.admin", "release-manager"], caller.Roles.AsEnumerable());
    }

    [Fact]
    public async Task A_creation_says_no_more_than_it_must()
    {
        await _api.PostAsync("/v1/instances", """{"workflow_id":"deploy","workflow_version":"3","trigger_context":null}""");

        Assert.Equal(new Creation("deploy", "3", "payments", Samples.Json("{}")), Assert.Single(_api.Grains.Asked).Arguments[0]);
    }

    [Fact]
    public async Task Several_teams_must_choose_and_none_may_choose_anothers()
    {
        const string Body = """{"workflow_id":"deploy","workflow_version":"3"}""";
        var several = _api.Token(["gantral.admin"], teams: ["payments", "risk"]);

        Assert.Contains("/owning_team_id", (await _api.PostAsync("/v1/instances", Body, several)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        (await _api.PostAsync("/v1/instances", Body, _api.Token(["gantral.admin"], teams: []))).IsProblem(403, "forbidden");
        (await _api.PostAsync("/v1/instances", $"{Body[..^1]},\"owning_team_id\":\"others\"}}", several)).IsProblem(403, "forbidden");
        Assert.Empty(_api.Grains.Asked);
        Assert.Equal(201, (await _api.PostAsync("/v1/instances", $"{Body[..^1]},\"owning_team_id\":\"risk\"}}", several)).Status);
    }

    [Fact]
    public async Task A_definition_reaches_the_grain_as_its_author_wrote_it()
    {
        var policy = await _api.PostAsync("/v1/policies", """{"version":"7","policy_id":"deploy-guard","evaluator":"rules","owning_team_id":"payments","rules":[],"default":{"decision":"ALLOW"}}""");
        var workflow = await _api.PostAsync("/v1/workflows", """{"workflow_id":"deploy","version":"3","queue":"q"}""");

        Assert.Equal((201, 201), (policy.Status, workflow.Status));
        Assert.Equal("deploy-guard@7", (string?)policy.Body!["policy_version_id"]);
        Assert.Equal("/v1/policies/deploy-guard%407", policy.Headers.Location?.ToString());
        Assert.Equal("/v1/workflows/deploy/versions/3", workflow.Headers.Location?.ToString());
        Assert.Equal(
            [("deploy-guard@7", "payments", """{"default":{"decision":"ALLOW"},"evaluator":"rules","policy_id":"deploy-guard","rules":[],"version":"7"}"""), ("deploy@3", "payments", """{"queue":"q","version":"3","workflow_id":"deploy"}""")],
            _api.Grains.Asked.Select(asked => (asked.Grain, (string)asked.Arguments[0]!, (string)asked.Arguments[1]!)));
    }

    [Fact]
    public async Task A_version_is_read_where_its_registration_said()
    {
        _api.Grains.PolicyVersion = Samples.Policy();
        _api.Grains.WorkflowVersion = Samples.Workflow();

        Assert.Equal("payments", (string?)(await _api.GetAsync("/v1/policies/deploy-guard%407")).Body!["owning_team_id"]);
        Assert.Equal(200, (await _api.GetAsync("/v1/policies/deploy-guard@7", _api.Token([], teams: ["risk"]))).Status);
        var workflow = (await _api.GetAsync("/v1/workflows/deploy/versions/3")).Body!;
        Assert.Equal(("payments-agents", "deploy", true), ((string?)workflow["queue"], (string?)workflow["steps"]![1]!["step"], (bool)workflow["steps"]![1]!["governed"]!));
    }

    [Theory]
    [InlineData("start", "", "start", null)]
    [InlineData("start", "{}", "start", null)]
    [InlineData("cancel", "", "cancel", null)]
    [InlineData("cancel", """{"justification":"no longer\nneeded"}""", "cancel", "no longer\nneeded")]
    [InlineData("authority", """{"step":"deploy"}""", "ask", "deploy")]
    public async Task A_command_reaches_its_instance(string path, string body, string method, string? first)
    {
        Assert.Equal(200, (await _api.PostAsync($"/v1/instances/{Samples.Id}/{path}", body)).Status);

        var asked = Assert.Single(_api.Grains.Asked);
        Assert.Equal((Samples.Id.ToString("D"), method, first), (asked.Grain, asked.Method, asked.Arguments.FirstOrDefault()));
    }

    [Fact]
    public async Task A_decision_reaches_its_instance_and_is_answered_with_what_was_committed()
    {
        _api.Grains.Answer = () => new(Samples.Running() with { State = ExecutionState.Resumed }, [Samples.Approval(new Actor("alice", "gantral-dev", ActorKind.Human))], null);
        var hash = Samples.Snapshot.Hash();

        var answered = await _api.PostAsync("/v1/decisions", $$$"""{"instance_id":"{{{Samples.Id}}}","decision_type":"OVERRIDE","role":"release-manager","justification":"canary only","context_snapshot_hash":"{{{hash}}}","context_delta":{"percent":5}}""");

        Assert.Equal(new OfferedDecision(DecisionType.Override, "release-manager", hash, "canary only", Samples.Json("""{"percent":5}""")), Assert.Single(_api.Grains.Asked).Arguments[0]);
        Assert.Equal(201, answered.Status);
        Assert.Equal(("alice", "release-manager", "RESUMED"), ((string?)answered.Body!["human_actor_id"], (string?)answered.Body["role"], (string?)answered.Body["instance"]!["state"]));
        Assert.Equal((Samples.Id.ToString("D"), Samples.At.ToString()), ((string?)answered.Body["decision_id"], (string?)answered.Body["timestamp"]));
    }

    [Fact]
    public async Task A_decision_without_a_justification_is_for_the_core_to_refuse()
    {
        _api.Grains.Refuse(RefusalCode.JustificationRequired);

        (await _api.PostAsync("/v1/decisions", $$"""{"instance_id":"{{Samples.Id}}","decision_type":"APPROVE","role":"r","context_snapshot_hash":"{{Samples.Hash(1)}}"}""")).IsProblem(422, "justification_required");
    }

    [Fact]
    public async Task A_waiting_instance_shows_what_a_person_needs_to_recompute_its_hash()
    {
        var body = (await _api.GetAsync($"/v1/instances/{Samples.Id}")).Body!;
        var pending = body["pending"]!;

        Assert.Equal(("WAITING_FOR_HUMAN", false), ((string?)body["state"], (bool)body["runnable"]!));
        Assert.Null(body["context"]);
        Assert.Equal("""{"environment":"production"}""", pending["context_snapshot"]!.ToJsonString());
        var salt = Convert.FromHexString((string)pending["context_snapshot_salt"]!);
        Assert.Equal(PayloadHashing.Of(salt, """{"environment":"production"}"""u8).ToString(), (string?)pending["context_snapshot_hash"]);
        Assert.Equal(("agent-7", "ESCALATE", "deploy"), ((string?)pending["requested_by"], (string?)pending["on_timeout"], (string?)pending["step"]));
        Assert.Equal(Samples.At.Plus(TimeSpan.FromMinutes(30)).ToString(), (string?)pending["decide_by"]);
    }

    [Fact]
    public async Task A_running_instance_shows_the_context_to_use()
    {
        _api.Grains.Instances[Samples.Id] = Samples.Running();
        var body = (await _api.GetAsync($"/v1/instances/{Samples.Id}")).Body!;

        Assert.True((bool)body["runnable"]!);
        Assert.Equal("""{"change":"CHG-1"}""", body["context"]!.ToJsonString());
        Assert.Null(body["pending"]);
    }

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_refusal_keeps_its_code_its_status_and_its_sentence(RefusalCode code)
    {
        _api.Grains.Refuse(code);

        var answered = (await _api.PostAsync($"/v1/instances/{Samples.Id}/start", "{}")).IsProblem(new Refusal(code, "").HttpStatus, WireName.Of(code));

        Assert.Equal("Not now; wait.", answered.Detail);
    }

    [Fact]
    public async Task A_list_pages_without_gap_or_repetition()
    {
        _api.Listed = [Samples.Id, Guid.CreateVersion7(), Guid.CreateVersion7()];
        var first = (await _api.GetAsync("/v1/instances?limit=1&state=WAITING_FOR_HUMAN&workflow_id=deploy")).Body!;

        Assert.Equal(Samples.Id.ToString("D"), (string?)Assert.Single(first["instances"]!.AsArray())!["instance_id"]);
        await _api.GetAsync($"/v1/instances?limit=1&cursor={(string)first["next_cursor"]!}");
        var filters = _api.Read.Cast<InstanceFilter>().ToList();
        Assert.Equal((ExecutionState.WaitingForHuman, "deploy", null, 2), (filters[0].State, filters[0].WorkflowId, filters[0].Below, filters[0].Limit));
        Assert.Equal(Samples.Id, filters[1].Below);
    }

    [Fact]
    public async Task What_waits_is_shown_to_people_who_may_decide_it()
    {
        var deadline = Samples.At.Plus(TimeSpan.FromMinutes(30));
        _api.Waiting = [new(deadline, Samples.Id), new(null, Guid.CreateVersion7())];
        var page = (await _api.GetAsync("/v1/decisions/pending?limit=1", _api.Token(["release-manager"]))).Body!;
        await _api.GetAsync($"/v1/decisions/pending?cursor={(string)page["next_cursor"]!}", _api.Token(["release-manager"]));

        Assert.Equal(Samples.Id.ToString("D"), (string?)Assert.Single(page["instances"]!.AsArray())!["instance_id"]);
        Assert.Equal(new WaitingInstance(deadline, Samples.Id), ((WaitingFilter)_api.Read[1]).After);
        Assert.Empty((await _api.GetAsync("/v1/decisions/pending", _api.Token(["cto"]))).Body!["instances"]!.AsArray());
        Assert.Empty((await _api.GetAsync("/v1/decisions/pending", _api.Token(["release-manager"], actor: Samples.Agent.Id))).Body!["instances"]!.AsArray());
        Assert.Empty((await _api.GetAsync("/v1/decisions/pending", _api.Token(["release-manager"], kind: "workload"))).Body!["instances"]!.AsArray());
    }

    [Fact]
    public async Task A_history_shows_every_field_of_the_evidence_and_its_place()
    {
        var entry = SealedEntry.Seal(Samples.Approval(Samples.Agent), Samples.Snapshot);
        _api.Entries = [new(41, entry), new(42, entry)];
        var body = (await _api.GetAsync($"/v1/instances/{Samples.Id}/history?limit=1")).Body!;
        var shown = Assert.Single(body["entries"]!.AsArray())!;

        Assert.Equal((41, 4, "APPROVED", "agent-7"), ((int)shown["position"]!, (int)shown["sequence"]!, (string?)shown["type"], (string?)shown["actor"]!["id"]));
        Assert.Equal((entry.Hash.ToString(), Samples.At.ToString()), ((string?)shown["entry_hash"], (string?)shown["at"]));
        Assert.Equal("""{"environment":"production"}""", shown["payload"]!["context_snapshot"]!["value"]!.ToJsonString());
        await _api.GetAsync($"/v1/instances/{Samples.Id}/history?cursor={(string)body["next_cursor"]!}");
        Assert.Equal((Samples.Id, 4L, 51), _api.Read[1]);
    }
}
