using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Identity;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Ledger;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Reports;
using Gantral.Silo.Secrets;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Identity;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>The gateway on a port of its own, over real HTTP, in front of grains that only write down what they are asked.</summary>
internal sealed partial class ServedApi : IAsyncDisposable, IInstanceReader, IDefinitionReader, IDelegationReader, IReports
{
    private readonly Mint _mint = new();
    private readonly ILoggerFactory _logs;
    private GatewayServer _server = null!;

    private ServedApi() => _logs = LoggerFactory.Create(logging => logging.AddProvider(new Provider(Log)));

    public RecordingGrains Grains { get; } = new();

    public RecordedLog Log { get; } = new();

    public HttpClient Client { get; } = new();

    public Uri Address => _server.Address;

    public ImmutableArray<Guid> Listed { get; set; } = [];

    public ImmutableArray<WaitingInstance> Waiting { get; set; } = [];

    public ImmutableArray<PlacedEntry> Entries { get; set; } = [];

    public List<object> Read { get; } = [];

    /// <summary>Set by a list that has begun.</summary>
    public TaskCompletionSource ListingBegan { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a list waits for before it answers.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public static Task<ServedApi> StartAsync(params IReadinessCheck[] readiness) => StartAsync(new GatewayOptions { Port = 0, LocalOnly = true }, readiness);

    public static async Task<ServedApi> StartAsync(GatewayOptions options, params IReadinessCheck[] readiness)
    {
        var api = new ServedApi();
        var parts = new GatewayParts
        {
            Grains = api.Grains,
            NewInstanceId = _ => Samples.Id,
            NewDelegationId = () => Samples.Id,
            Instances = api,
            Evidence = api,
            Definitions = api,
            Delegations = api,
            Reports = api,
            Overview = api,
            Streams = api,
            Subscriptions = api,
            Hooks = api,
            Secrets = new MountedSecrets(null),
            Outgoing = new OutgoingHosts([], isDevelopment: true),
            Queues = api,
            Connections = api,
            Tokens = new TokenValidator([DevelopmentIssuer.Of(api._mint.Key)], new SetClock(Mint.Now)),
            Readiness = [.. readiness],
        };
        api._server = await GatewayServer.StartAsync(options, parts, api._logs);
        api.Client.BaseAddress = api.Address;
        return api;
    }

    public string Token(JsonObject? claims = null) => _mint.Token(claims);

    public string Token(string[] roles, string actor = "alice", string[]? teams = null, string kind = "human") => _mint.Token(Mint.Claims(actor, teams, roles, kind));

    /// <summary>A request of somebody who may do everything.</summary>
    public Task<Answered> PostAsync(string path, string body, string? token = null, string? key = null) =>
        SendAsync(Request("POST", path, token ?? Token(["gantral.admin", "release-manager"]), new StringContent(body, Encoding.UTF8, "application/json"), key));

    public Task<Answered> GetAsync(string path, string? token = null) => SendAsync(Request("GET", path, token ?? Token(["gantral.admin"])));

    public async Task<Answered> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return await Answered.ReadAsync(response);
    }

    public static HttpRequestMessage Request(string method, string path, string? token = null, HttpContent? body = null, string? key = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return request;
    }

    public Task StopAsync() => _server.StopAsync();

    public async ValueTask<ImmutableArray<Guid>> ListAsync(InstanceFilter filter)
    {
        Read.Add(filter);
        ListingBegan.TrySetResult();
        await Hold;
        return [.. Listed.Take(filter.Limit)];
    }

    public ValueTask<ImmutableArray<WaitingInstance>> PendingAsync(WaitingFilter filter)
    {
        Read.Add(filter);
        return new([.. Waiting.Take(filter.Limit)]);
    }

    public ValueTask<ImmutableArray<PlacedEntry>> HistoryAsync(Guid instanceId, long after, int limit)
    {
        Read.Add((instanceId, after, limit));
        return new([.. Entries.Where(entry => entry.Sealed.Entry.Sequence > after).Take(limit)]);
    }

    public ValueTask<PlacedDecision?> DecisionAsync(Guid decisionId) =>
        new(Entries.FirstOrDefault(entry => entry.Sealed.Entry.Decision?.DecisionId == decisionId) is { } decided ? new PlacedDecision(Samples.Id, decided.Sealed.Entry.Sequence) : null);

    public ValueTask<ImmutableArray<ListedWorkflow>> WorkflowsAsync(DefinitionFilter filter) => new([]);

    public ValueTask<ImmutableArray<ListedPolicy>> PoliciesAsync(DefinitionFilter filter) => new([]);

    public ValueTask<ImmutableArray<Guid>> ListAsync(DelegationFilter filter) => new([]);

    public ValueTask<ImmutableArray<LentRole>> LentAsync(Person to, ImmutableArray<string> teams) => new([]);

    public Instant Now => Samples.At;

    public Task<ShadowReport> ShadowAsync(ReportScope scope) => Task.FromResult(new ShadowReport(Coverage(scope), 0, [], []));

    public Task<PolicyReplayReport> ReplayAsync(ReportScope scope, string policyVersionId) => Task.FromResult(new PolicyReplayReport(Coverage(scope), policyVersionId, 0, 0, []));

    public Task<AuthorityReport> AuthorityAsync(ReportScope scope) => Task.FromResult(new AuthorityTally().Report(Coverage(scope)));

    public Task<CostReport> CostAsync(CostScope scope) => Task.FromResult(new CostReport("", "", [], []));

    /// <summary>Whether a report had the patience to look at everything.</summary>
    public bool IsComplete { get; set; } = true;

    private ReportCoverage Coverage(ReportScope scope) => new(scope.OwningTeamId, scope.WorkflowId, scope.Since.ToString(), scope.Until.ToString(), 0, IsComplete);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _logs.Dispose();
        _mint.Dispose();
    }

    private sealed class Provider(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
