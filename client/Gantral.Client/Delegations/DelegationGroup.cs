using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Roles that people lend each other for a time.</summary>
public sealed class DelegationGroup
{
    private readonly Api _api;

    internal DelegationGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/delegations</c>: lends a role that the caller's own token proves.</summary>
    public Task<GrantedDelegation> GrantAsync(NewDelegation delegation, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/delegations", delegation, ClientJson.Default.NewDelegation, ClientJson.Default.GrantedDelegation, idempotencyKey, cancellation);

    /// <summary><c>GET /v1/delegations</c>: what the caller lent and was lent, the newest first.</summary>
    public Task<DelegationPage> ListAsync(DelegationScope? scope = null, bool ended = false, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/delegations").Word("scope", scope).And("ended", ended).And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.DelegationPage, cancellation);

    /// <summary><c>GET /v1/delegations/{delegation_id}</c>.</summary>
    public Task<GrantedDelegation> GetAsync(Guid delegationId, CancellationToken cancellation = default) =>
        _api.GetAsync($"v1/delegations/{PathPart.Of(delegationId)}", ClientJson.Default.GrantedDelegation, cancellation);

    /// <summary><c>POST /v1/delegations/{delegation_id}/revoke</c>: takes the role back at once.</summary>
    public Task<GrantedDelegation> RevokeAsync(Guid delegationId, string justification, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"v1/delegations/{PathPart.Of(delegationId)}/revoke", new Cancellation(justification), ClientJson.Default.Cancellation, ClientJson.Default.GrantedDelegation, idempotencyKey, cancellation);
}
