using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Silo.Audit;
using Gantral.Silo.Connections;
using Gantral.Silo.Gateway;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Overview;
using Gantral.Silo.Policies;
using Gantral.Silo.Projections;
using Gantral.Silo.Reports;
using Gantral.Silo.Secrets;
using Gantral.Silo.Startup;
using Gantral.Silo.Streams;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Identity;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Reference;
using Gantral.Silo.Tests.Webhooks;
using Gantral.Silo.Triggers;
using Gantral.Silo.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>The whole of a silo in this process: real HTTP in front of real grains on a real database. Each has a team of its own.</summary>
internal sealed class ServedSilo : IAsyncDisposable
{
    private readonly Mint _mint = new();
    private readonly HttpClient _client = new();
    private readonly HttpPolicies _http;
    private readonly WorkingSilo _silo;
    private GatewayServer _server = null!;

    private ServedSilo(WorkingSilo silo, HttpPolicies http) => (_silo, _http) = (silo, http);

    /// <summary>The team, and the id of whatever is registered for it.</summary>
    public string Name { get; } = $"t{Guid.NewGuid():N}";

    public WorkingSilo Silo => _silo;

    public Uri Address => _server.Address;

    /// <summary>Stops as on a signal: what is in flight has its time, and no more.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>By what its tokens expire.</summary>
    public SetClock Clock { get; } = new(Mint.Now);

    public EntryStreams Streams { get; private set; } = null!;

    public static async Task<ServedSilo> StartAsync(LedgerDatabase database, Func<StreamOptions, StreamOptions>? streams = null, TimeSpan? heartbeat = null, ImmutableArray<LogVerifyingKey> witnesses = default)
    {
        var options = new StreamOptions { ConnectionString = database.Serving };
        var http = new HttpPolicies(new OutgoingHosts([], isDevelopment: true), TimeProvider.System, NullLogger.Instance);
        var served = new ServedSilo(await WorkingSilo.StartAsync(database, database.Served.Logs.Count, http), http);
        var (host, ledger) = (served._silo.Host, served._silo.Ledger);
        var parts = new GatewayParts
        {
            Grains = host,
            NewInstanceId = host.NewInstanceId,
            NewDelegationId = host.NewDelegationId,
            Instances = new InstanceReader(ledger.Source, ledger.Entries),
            Definitions = new DefinitionReader(ledger.Source),
            Delegations = new DelegationReader(ledger.Source),
            Evidence = new LedgerEvidence(ledger, witnesses),
            Reports = new AuditReports(ledger, host, TimeProvider.System),
            Overview = new LiveOverview(ledger, served._silo.Queues, TimeProvider.System),
            Streams = served.Streams = new EntryStreams(streams?.Invoke(options) ?? options, ledger.Signal),
            StreamHeartbeat = heartbeat ?? TimeSpan.FromSeconds(15),
            Tokens = new TokenValidator([DevelopmentIssuer.Of(served._mint.Key)], served.Clock),
            Queues = served._silo.Queues,
            Connections = new ConnectionStore(ledger.Source),
            Readiness = [new DatabaseCheck(ledger.Source), new LedgerCheck(ledger)],
            Subscriptions = new SubscriptionStore(ledger.Source),
            Hooks = HookReader.Over(ledger.Source, host, NullLogger.Instance),
            Secrets = new MountedSecrets(Delivering.Secrets),
            Outgoing = new OutgoingHosts([], isDevelopment: true),
        };
        served._server = await GatewayServer.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true }, parts, NullLoggerFactory.Instance);
        served._client.BaseAddress = served._server.Address;
        return served;
    }

    /// <summary>A person is written "alice: role role", a program "agent! role role".</summary>
    public string Token(string who, params string[] teams)
    {
        var parts = who.Split([':', '!'], 2);
        return _mint.Token(Mint.Claims(parts[0], teams.Length == 0 ? [Name] : teams, parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), who.Contains('!', StringComparison.Ordinal) ? "workload" : "human"));
    }

    /// <summary>A person's token that was handed on to an agent.</summary>
    public string HandedOn(string who)
    {
        var claims = Mint.Claims(who.Split(':')[0], [Name], who.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        claims["act"] = new JsonObject { ["sub"] = "agent-7" };
        return _mint.Token(claims);
    }

    public Task<Answered> PostAsync(string who, string path, string body, string? key = null) => PostAsAsync(Token(who), path, body, key);

    public Task<Answered> PostAsAsync(string token, string path, string body, string? key = null) =>
        SendAsync(ServedApi.Request("POST", path, token, new StringContent(body, Encoding.UTF8, "application/json"), key));

    public Task<Answered> GetAsync(string who, string path) => GetAsAsync(Token(who), path);

    public Task<Answered> GetAsAsync(string token, string path) => SendAsync(ServedApi.Request("GET", path, token));

    /// <summary>Sends a request as it is.</summary>
    public Task<HttpResponseMessage> SendAsItIsAsync(HttpRequestMessage request) => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>The lines of a table.</summary>
    public async Task<string[]> TableAsync(string who, string path, string? body = null, string accept = "text/csv")
    {
        var request = ServedApi.Request(body is null ? "GET" : "POST", path, Token(who), body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        request.Headers.Accept.ParseAdd(accept);
        using var response = await _client.SendAsync(request);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task<JsonNode> MadeAsync(string who, string path, string body)
    {
        var made = await PostAsync(who, path, body);
        Assert.True(made.Status is 200 or 201, made.Body?.ToJsonString());
        return made.Body!;
    }

    /// <summary>A policy that asks a release-manager before a deployment, and a workflow that binds it.</summary>
    public async Task RegisterAsync(string mode = "ENFORCE")
    {
        await MadeAsync("paul: gantral.policy_author", "/v1/policies", $$$"""
            {"policy_id":"{{{Name}}}","version":"1","evaluator":"rules","rules":[
              {"when":{"step":"delete"},"decision":"DENY"},
              {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],
             "default":{"decision":"ALLOW"}}
            """);
        await MadeAsync("wilma: gantral.author gantral.policy_author", "/v1/workflows", WorkflowOf($"{Name}@1", mode));
    }

    /// <summary>A workflow over a policy.</summary>
    public string WorkflowOf(string policy, string mode = "ENFORCE", string version = "1") =>
        $$$"""{"workflow_id":"{{{Name}}}","version":"{{{version}}}","materiality":"HIGH","policy_version_id":"{{{policy}}}","queue":"q","mode":"{{{mode}}}","steps":[{"step":"plan"},{"step":"deploy","governed":true},{"step":"delete","governed":true}]}""";

    public async Task<string> RunningAsync() =>
        (string)(await MadeAsync("agent! gantral.operator", "/v1/instances", $$$"""{"workflow_id":"{{{Name}}}","workflow_version":"1"}"""))["instance_id"]!;

    /// <summary>An instance that waits for a release-manager.</summary>
    public async Task<string> WaitingAsync()
    {
        var id = await RunningAsync();
        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await AskAsync(id, "deploy")).Body!["state"]);
        return id;
    }

    public Task<Answered> AskAsync(string id, string step) =>
        PostAsync("agent! gantral.operator", $"/v1/instances/{id}/authority", $$$"""{"step":"{{{step}}}","execution_context":{"environment":"production"}}""");

    /// <summary>A decision about what is pending now.</summary>
    public async Task<string> DecisionAsync(string id, string type = "APPROVE", string? delta = null, string? delegation = null)
    {
        var hash = (string?)(await GetAsync("agent! gantral.operator", $"/v1/instances/{id}")).Body!["pending"]?["context_snapshot_hash"] ?? Digest.Zero.ToString();
        return $$$"""{"instance_id":"{{{id}}}","decision_type":"{{{type}}}","role":"release-manager","justification":"read and understood","context_snapshot_hash":"{{{hash}}}","context_delta":{{{delta ?? "null"}}},"delegation_id":{{{(delegation is null ? "null" : $"\"{delegation}\"")}}}}""";
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await Streams.DisposeAsync();
        await _silo.DisposeAsync();
        _http.Dispose();
        _mint.Dispose();
    }

    public async Task<Answered> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await _client.SendAsync(request);
        var answered = await Answered.ReadAsync(response);
        ServedDocument.Check(request, answered);
        return answered;
    }
}
