using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>What people decide. A program's token never does.</summary>
public sealed class DecisionGroup
{
    private readonly Api _api;

    internal DecisionGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/decisions</c>: decides what is pending, naming the hash of exactly what the person was shown.</summary>
    public Task<MadeDecision> DecideAsync(NewDecision decision, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/decisions", decision, ClientJson.Default.NewDecision, ClientJson.Default.MadeDecision, idempotencyKey, cancellation);

    /// <summary><c>GET /v1/decisions/pending</c>: what this person may decide, the nearest deadline first.</summary>
    public Task<InstancePage> PendingAsync(int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/decisions/pending").And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.InstancePage, cancellation);

    /// <summary><c>GET /v1/decisions/{decision_id}</c>: a decision that was made, with what is left of why.</summary>
    public Task<MadeDecision> GetAsync(Guid decisionId, CancellationToken cancellation = default) =>
        _api.GetAsync($"v1/decisions/{PathPart.Of(decisionId)}", ClientJson.Default.MadeDecision, cancellation);
}
