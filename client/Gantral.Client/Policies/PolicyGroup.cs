using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Policy versions, which never change once they are registered.</summary>
public sealed class PolicyGroup
{
    private readonly Api _api;

    internal PolicyGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/policies</c>: registers a version for good.</summary>
    public Task<RegisteredPolicy> RegisterAsync(PolicyDefinition policy, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/policies", policy, ClientJson.Default.PolicyDefinition, ClientJson.Default.RegisteredPolicy, idempotencyKey, cancellation);

    /// <summary>The same with a body as its author wrote it, so that the silo refuses what it does not know instead of never seeing it.</summary>
    public Task<RegisteredPolicy> RegisterAsync(ReadOnlyMemory<byte> definition, CancellationToken cancellation = default) =>
        _api.PostAsItIsAsync("v1/policies", definition, ClientJson.Default.RegisteredPolicy, cancellation);

    /// <summary><c>GET /v1/policies/{policy_version_id}</c>: a version that the caller's teams own or may bind.</summary>
    public Task<RegisteredPolicy> GetAsync(string policyVersionId, CancellationToken cancellation = default) =>
        _api.GetAsync($"v1/policies/{PathPart.Of(policyVersionId)}", ClientJson.Default.RegisteredPolicy, cancellation);

    /// <summary><c>GET /v1/policies</c>: the versions that the caller's teams own, the newest first.</summary>
    public Task<PolicyPage> ListAsync(string? policyId = null, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/policies").And("policy_id", policyId).And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.PolicyPage, cancellation);

    /// <summary><c>POST /v1/policies/{policy_version_id}/evaluate</c>: asks as an instance would, and records nothing.</summary>
    public Task<TrialAnswer> EvaluateAsync(string policyVersionId, TrialQuestion question, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"v1/policies/{PathPart.Of(policyVersionId)}/evaluate", question, ClientJson.Default.TrialQuestion, ClientJson.Default.TrialAnswer, idempotencyKey, cancellation);
}
