using Gantral.Abstractions.Authority;
using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Instances, and asking before a step.</summary>
public sealed class InstanceGroup
{
    private readonly Api _api;

    internal InstanceGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/instances</c>: creates an instance, and starts it in the same commit unless told otherwise.</summary>
    public Task<ExecutionInstance> CreateAsync(NewInstance instance, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/instances", instance, ClientJson.Default.NewInstance, ClientJson.Default.ExecutionInstance, idempotencyKey, cancellation);

    /// <summary><c>GET /v1/instances</c>: the instances of the caller's teams, the newest first.</summary>
    public Task<InstancePage> ListAsync(
        ExecutionState? state = null, string? workflowId = null, int? limit = null, string? cursor = null, string? text = null, DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/instances").Word("state", state).And("workflow_id", workflowId).And("text", text).And("since", since).And("until", until).And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.InstancePage, cancellation);

    /// <summary><c>GET /v1/instances/{instance_id}</c>: as it is now or, with <paramref name="wait"/> (60 s at most), as soon as it no longer waits for a person.</summary>
    public Task<ExecutionInstance> GetAsync(Guid instanceId, TimeSpan? wait = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query($"v1/instances/{PathPart.Of(instanceId)}").And("wait", wait).ToString(), ClientJson.Default.ExecutionInstance, cancellation, wait ?? TimeSpan.Zero);

    /// <summary>
    /// <c>GET /v1/instances/{instance_id}</c>, for whoever may have it already: with the tag of the last answer and
    /// <paramref name="wait"/> (60 s at most), as soon as it is another than that; without an instance if it still is not.
    /// </summary>
    public async Task<TaggedInstance> GetUnlessKnownAsync(Guid instanceId, string? knownTag, TimeSpan? wait = null, CancellationToken cancellation = default)
    {
        var path = new Query($"v1/instances/{PathPart.Of(instanceId)}").And("wait", wait).ToString();
        var (tag, instance) = await _api.GetUnlessKnownAsync(path, knownTag, ClientJson.Default.ExecutionInstance, wait ?? TimeSpan.Zero, cancellation).ConfigureAwait(false);
        return new TaggedInstance(tag, instance);
    }

    /// <summary><c>GET /v1/instances/{instance_id}/history</c>: its entries in order.</summary>
    public Task<HistoryPage> HistoryAsync(Guid instanceId, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query($"v1/instances/{PathPart.Of(instanceId)}/history").And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.HistoryPage, cancellation);

    /// <summary><c>POST /v1/instances/{instance_id}/start</c>: starts one that was created without.</summary>
    public Task<ExecutionInstance> StartAsync(Guid instanceId, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "start", new NoFields(), ClientJson.Default.NoFields, idempotencyKey, cancellation);

    /// <summary>
    /// <c>POST /v1/instances/{instance_id}/authority</c>: asks before a step. The state of the answer says what to do:
    /// RUNNING, go on with its context; WAITING_FOR_HUMAN, checkpoint and exit; TERMINATED, abort. Sent again after a lost
    /// answer, it goes under the same key and no other.
    /// </summary>
    public Task<ExecutionInstance> RequestAuthorityAsync(Guid instanceId, AuthorityQuestion question, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "authority", question, ClientJson.Default.AuthorityQuestion, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/instances/{instance_id}/evidence</c>: says where evidence is held; also after the end.</summary>
    public Task<ExecutionInstance> AttachEvidenceAsync(Guid instanceId, IReadOnlyList<EvidenceReference> evidence, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "evidence", new NewEvidence(evidence), ClientJson.Default.NewEvidence, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/instances/{instance_id}/cost</c>: records what work cost; also after the end.</summary>
    public Task<ExecutionInstance> RecordCostAsync(Guid instanceId, Money cost, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "cost", cost, ClientJson.Default.Money, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/instances/{instance_id}/cancel</c>: ends an instance for good.</summary>
    public Task<ExecutionInstance> CancelAsync(Guid instanceId, string? justification = null, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "cancel", new Cancellation(justification), ClientJson.Default.Cancellation, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/instances/{instance_id}/redactions</c>: erases private content of an entry for good.</summary>
    public Task<ExecutionInstance> RedactAsync(Guid instanceId, NewRedaction redaction, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, "redactions", redaction, ClientJson.Default.NewRedaction, idempotencyKey, cancellation);

    private Task<ExecutionInstance> PostAsync<T>(
        Guid instanceId, string what, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form, string? idempotencyKey, CancellationToken cancellation) =>
        _api.PostAsync($"v1/instances/{PathPart.Of(instanceId)}/{what}", body, form, ClientJson.Default.ExecutionInstance, idempotencyKey, cancellation);
}
