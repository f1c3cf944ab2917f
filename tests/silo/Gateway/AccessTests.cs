using System.Collections.Frozen;
using Gantral.Evidence.Entries;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Every route, every role, every team: made from the table that serves, against what is meant, written down here once more.</summary>
public sealed class AccessTests
{
    private const string Everybody = "*";
    private const string People = "human";
    private const string Signed = "signature";

    private static readonly string[] Roles = ["gantral.author", "gantral.policy_author", "gantral.operator", "gantral.runner", "gantral.auditor", "gantral.admin", "release-manager"];

    private static readonly FrozenDictionary<string, string[]> Meant = new Dictionary<string, string[]>
    {
        ["POST /v1/policies"] = ["gantral.policy_author", "gantral.admin"],
        ["GET /v1/policies/{policy_version_id}"] = [Everybody],
        ["GET /v1/policies"] = [Everybody],
        ["POST /v1/policies/{policy_version_id}/evaluate"] = ["gantral.policy_author", "gantral.author", "gantral.admin"],
        ["GET /v1/workflows"] = [Everybody],
        ["POST /v1/workflows"] = ["gantral.author", "gantral.admin"],
        ["GET /v1/workflows/{workflow_id}/versions/{version}"] = [Everybody],
        ["POST /v1/instances"] = ["gantral.operator", "gantral.admin"],
        ["GET /v1/instances"] = [Everybody],
        ["GET /v1/instances/{instance_id}"] = [Everybody],
        ["GET /v1/instances/{instance_id}/history"] = ["gantral.auditor", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/start"] = ["gantral.operator", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/authority"] = ["gantral.operator", "gantral.runner", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/cancel"] = ["gantral.operator", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/evidence"] = ["gantral.operator", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/cost"] = ["gantral.operator", "gantral.admin"],
        ["POST /v1/instances/{instance_id}/redactions"] = [People, "gantral.admin"],
        ["POST /v1/decisions"] = [People],
        ["GET /v1/decisions/{decision_id}"] = [Everybody],
        ["POST /v1/delegations"] = [People],
        ["GET /v1/delegations"] = [Everybody],
        ["GET /v1/delegations/{delegation_id}"] = [Everybody],
        ["POST /v1/delegations/{delegation_id}/revoke"] = [People],
        ["GET /v1/audit/reports/shadow"] = ["gantral.auditor", "gantral.policy_author", "gantral.admin"],
        ["POST /v1/audit/reports/policy-replay"] = ["gantral.auditor", "gantral.policy_author", "gantral.admin"],
        ["GET /v1/audit/reports/authority"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/reports/cost"] = ["gantral.auditor", "gantral.admin"],
        ["POST /v1/hooks/{hook_id}"] = [Signed],
        ["POST /v1/subscriptions"] = ["gantral.author", "gantral.admin"],
        ["GET /v1/subscriptions"] = [Everybody],
        ["GET /v1/subscriptions/{subscription_id}"] = [Everybody],
        ["POST /v1/subscriptions/{subscription_id}/disable"] = ["gantral.author", "gantral.operator", "gantral.admin"],
        ["POST /v1/subscriptions/{subscription_id}/enable"] = ["gantral.author", "gantral.operator", "gantral.admin"],
        ["GET /v1/subscriptions/{subscription_id}/dead-letters"] = [Everybody],
        ["POST /v1/subscriptions/{subscription_id}/replay"] = ["gantral.author", "gantral.operator", "gantral.admin"],
        ["GET /v1/caller"] = [Everybody],
        ["GET /v1/overview"] = [Everybody],
        ["GET /v1/decisions/pending"] = [Everybody],
        ["GET /v1/streams/entries"] = [Everybody],
        ["POST /v1/connections"] = ["gantral.author", "gantral.admin"],
        ["GET /v1/connections"] = [Everybody],
        ["GET /v1/connections/{connection_id}/versions/{version}"] = [Everybody],
        ["GET /v1/queues"] = [Everybody],
        ["GET /v1/queues/{queue}"] = [Everybody],
        ["POST /v1/queues/{queue}"] = ["gantral.operator", "gantral.admin"],
        ["POST /v1/queues/{queue}/claims"] = ["gantral.runner", "gantral.admin"],
        ["POST /v1/tasks/{task_id}/heartbeat"] = ["gantral.runner", "gantral.admin"],
        ["POST /v1/tasks/{task_id}/outcome"] = ["gantral.runner", "gantral.admin"],
        ["GET /v1/audit/keys"] = [Everybody],
        ["GET /v1/audit/instances/{instance_id}/bundle"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs/{log_id}/checkpoint"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs/{log_id}/tile/{level}/{*index}"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs/{log_id}/proof/inclusion"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs/{log_id}/proof/consistency"] = ["gantral.auditor", "gantral.admin"],
        ["GET /v1/audit/logs/{log_id}/bundle"] = ["gantral.auditor", "gantral.admin"],
        ["POST /v1/audit/logs/{log_id}/cosignatures"] = ["gantral.auditor", "gantral.admin"],
        ["POST /v1/audit/verify"] = ["gantral.auditor", "gantral.admin"],
    }.ToFrozenDictionary();

    public static TheoryData<string> Routes => [.. PaperRoutes.All.Select(route => $"{route.Method} {route.Path}").Where(route => Meant.GetValueOrDefault(route) is not [Signed])];

    [Fact]
    public void Every_route_that_is_meant_is_served_and_no_other() => Assert.Equal(Meant.Keys.Order(StringComparer.Ordinal), PaperRoutes.All.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_lets_in_whom_it_is_meant_for_and_nobody_else(string route)
    {
        await using var api = await ServedApi.StartAsync();
        api.Grains.Instances[Samples.Id] = Samples.Waiting("release-manager");
        (api.Grains.PolicyVersion, api.Grains.WorkflowVersion) = (Samples.Policy(), Samples.Workflow());
        api.Grains.Answer = () => new(Samples.Running(), [Samples.Approval(Samples.Agent)], null);
        api.Grains.Lent.Delegation = Samples.Lent("alice");
        api.Entries = [new(41, SealedEntry.Seal(Samples.Approval(Samples.Agent)))];
        foreach (var role in Roles.Append(null))
        {
            foreach (var kind in new[] { "human", "workload" })
            {
                var answered = await CallAsync(api, route, api.Token(role is null ? [] : [role], kind: kind));
                var isMeant = Meant[route] is [Everybody] || (Meant[route] is [People] ? kind == "human" : Meant[route].Contains(role) && (kind == "human" || !Meant[route].Contains(People)));
                if (isMeant)
                {
                    Assert.InRange(answered.Status, 200, 201);
                    api.Grains.Asked.Clear();
                }
                else
                {
                    answered.IsProblem(403, Meant[route] is [People] || (Meant[route].Contains(People) && Meant[route].Contains(role)) ? "not_human" : "forbidden");
                    Assert.Empty(api.Grains.Asked);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nothing_of_another_team_is_shown_changed_or_told_apart_from_what_is_not_there(string route)
    {
        await using var api = await ServedApi.StartAsync();
        api.Grains.Instances[Samples.Id] = Samples.Waiting("release-manager");
        api.Grains.PolicyVersion = Samples.Policy();
        api.Grains.WorkflowVersion = Samples.Workflow();
        api.Listed = [Samples.Id];
        api.Waiting = [new(null, Samples.Id)];
        api.Grains.Lent.Delegation = Samples.Lent("alice");
        api.Entries = [new(41, SealedEntry.Seal(Samples.Approval(Samples.Agent)))];
        var stranger = api.Token(["gantral.admin", "release-manager"], teams: ["strangers"]);

        var answered = await CallAsync(api, route, stranger);
        api.Grains.Instances.Clear();
        (api.Grains.PolicyVersion, api.Grains.WorkflowVersion, api.Grains.Lent.Delegation, api.Entries, api.Subscribed) = (null, null, null, [], null);
        var nothing = await CallAsync(api, route, stranger);

        Assert.Equal(nothing.Status, answered.Status);
        Assert.Equal(nothing.Body?["detail"]?.ToJsonString(), answered.Body?["detail"]?.ToJsonString());
        Assert.Equal(nothing.Body?["instances"]?.ToJsonString(), answered.Body?["instances"]?.ToJsonString());
        Assert.DoesNotContain("production", answered.Body?.ToJsonString() ?? "", StringComparison.Ordinal);
        // Logs are of the whole house, and who may read them may read them whole.
        // At a queue that nobody has one may wait, as at one that is empty.
        Assert.Equal(nothing.Body?["tasks"]?.ToJsonString(), answered.Body?["tasks"]?.ToJsonString());
        if ((route.Contains('{', StringComparison.Ordinal) && !route.Contains("{log_id}", StringComparison.Ordinal) && !route.EndsWith("/claims", StringComparison.Ordinal)) || route == "POST /v1/decisions")
        {
            answered.IsProblem(404, "not_found");
            Assert.Empty(api.Grains.Asked);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task No_route_is_open_without_a_token(string route)
    {
        await using var api = await ServedApi.StartAsync();
        foreach (var token in new[] { null, "", "x", $"{api.Token()}x" })
        {
            var answered = (await CallAsync(api, route, token)).IsProblem(401, "unauthenticated");
            Assert.Equal(string.IsNullOrEmpty(token) ? "Bearer realm=\"gantral\"" : "Bearer error=\"invalid_token\"", answered.Headers.WwwAuthenticate.ToString());
        }

        Assert.Empty(api.Grains.Asked);
    }

    [Fact]
    public async Task What_is_open_to_signed_messages_is_open_to_no_token()
    {
        await using var api = await ServedApi.StartAsync();
        Assert.Equal(["POST /v1/hooks/{hook_id}"], Meant.Where(route => route.Value is [Signed]).Select(route => route.Key));
        foreach (var token in new[] { null, api.Token(["gantral.admin"]) })
        {
            (await CallAsync(api, "POST /v1/hooks/deploys", token)).IsProblem(404, "not_found");
        }

        Assert.Empty(api.Grains.Asked);
    }

    private static Task<Answered> CallAsync(ServedApi api, string route, string? token)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        var filled = path.Replace("{instance_id}", Samples.Id.ToString("D"), StringComparison.Ordinal)
            .Replace("{decision_id}", Samples.Id.ToString("D"), StringComparison.Ordinal).Replace("{delegation_id}", Samples.Id.ToString("D"), StringComparison.Ordinal)
            .Replace("{subscription_id}", Samples.Id.ToString("D"), StringComparison.Ordinal)
            .Replace("{task_id}", Samples.Id.ToString("D"), StringComparison.Ordinal).Replace("{queue}", "agents", StringComparison.Ordinal).Replace("{connection_id}", "payments-api", StringComparison.Ordinal)
            .Replace("{policy_version_id}", "deploy-guard@7", StringComparison.Ordinal)
            .Replace("{workflow_id}", "deploy", StringComparison.Ordinal).Replace("{version}", "3", StringComparison.Ordinal)
            .Replace("{log_id}", "1", StringComparison.Ordinal).Replace("{level}", "0", StringComparison.Ordinal).Replace("{*index}", "000", StringComparison.Ordinal);
        var body = method == "POST" ? new StringContent(Body(path), System.Text.Encoding.UTF8, "application/json") : null;
        return api.SendAsync(ServedApi.Request(method, $"{filled}{Query(path)}", token, body));
    }

    private static string Query(string path) => path switch
    {
        _ when path.EndsWith("/inclusion", StringComparison.Ordinal) => "?position=0",
        _ when path.EndsWith("/consistency", StringComparison.Ordinal) => "?first=1",
        _ => "",
    };

    private static string Body(string path) => path switch
    {
        "/v1/policies" => """{"policy_id":"deploy-guard","version":"7"}""",
        "/v1/workflows" => """{"workflow_id":"deploy","version":"3"}""",
        "/v1/instances" => """{"workflow_id":"deploy","workflow_version":"3"}""",
        "/v1/decisions" => $$"""{"instance_id":"{{Samples.Id}}","decision_type":"APPROVE","role":"release-manager","justification":"looks right","context_snapshot_hash":"{{Samples.Hash(1)}}"}""",
        "/v1/delegations" => """{"to":{"id":"bob"},"role":"release-manager","until":"2026-03-05T00:00:00Z","justification":"on leave"}""",
        "/v1/audit/reports/policy-replay" => """{"policy_version_id":"deploy-guard@7"}""",
        "/v1/subscriptions" => """{"url":"http://127.0.0.1:1/told","secret":"file://webhooks/payments"}""",
        _ when path.EndsWith("/authority", StringComparison.Ordinal) => $$"""{"step":"deploy","task_id":"{{Samples.Id}}","fencing_token":1}""",
        _ when path.EndsWith("/redactions", StringComparison.Ordinal) => """{"sequence":1,"fields":["trigger_context"],"justification":"asked for"}""",
        _ when path.EndsWith("/evaluate", StringComparison.Ordinal) => """{"workflow_id":"deploy","workflow_version":"3","materiality":"HIGH","step":"deploy"}""",
        _ when path.EndsWith("/evidence", StringComparison.Ordinal) => $$"""{"evidence":[{"ref":"s3://bucket/log","hash":"sha256:{{Samples.Hash(1)}}"}]}""",
        _ when path.EndsWith("/cost", StringComparison.Ordinal) => """{"currency":"USD","amount":"0.12"}""",
        "/v1/connections" => """{"connection_id":"payments-api","version":"3","reference":"vault://kv/payments#token"}""",
        "/v1/queues/{queue}" => """{"state":"paused"}""",
        _ when path.EndsWith("/cosignatures", StringComparison.Ordinal) => """{"size":1,"signature":"— witness.example AAAAAAA="}""",
        _ when path.EndsWith("/claims", StringComparison.Ordinal) => """{"runner_id":"r1"}""",
        _ when path.EndsWith("/heartbeat", StringComparison.Ordinal) => """{"fencing_token":1}""",
        _ when path.EndsWith("/outcome", StringComparison.Ordinal) => """{"fencing_token":1,"outcome":"COMPLETED"}""",
        _ => "{}",
    };
}
