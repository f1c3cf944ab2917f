using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Workflow versions, which never change once they are registered.</summary>
public sealed class WorkflowGroup
{
    private readonly Api _api;

    internal WorkflowGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/workflows</c>: registers a version for good.</summary>
    public Task<RegisteredWorkflow> RegisterAsync(WorkflowDefinition workflow, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/workflows", workflow, ClientJson.Default.WorkflowDefinition, ClientJson.Default.RegisteredWorkflow, idempotencyKey, cancellation);

    /// <summary>The same with a body as its author wrote it, so that the silo refuses what it does not know instead of never seeing it.</summary>
    public Task<RegisteredWorkflow> RegisterAsync(ReadOnlyMemory<byte> definition, CancellationToken cancellation = default) =>
        _api.PostAsItIsAsync("v1/workflows", definition, ClientJson.Default.RegisteredWorkflow, cancellation);

    /// <summary><c>GET /v1/workflows/{workflow_id}/versions/{version}</c>: a version that one of the caller's teams owns.</summary>
    public Task<RegisteredWorkflow> GetAsync(string workflowId, string version, CancellationToken cancellation = default) =>
        _api.GetAsync($"v1/workflows/{PathPart.Of(workflowId)}/versions/{PathPart.Of(version)}", ClientJson.Default.RegisteredWorkflow, cancellation);

    /// <summary><c>GET /v1/workflows</c>: the versions that the caller's teams own, the newest first.</summary>
    public Task<WorkflowPage> ListAsync(string? workflowId = null, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/workflows").And("workflow_id", workflowId).And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.WorkflowPage, cancellation);
}
