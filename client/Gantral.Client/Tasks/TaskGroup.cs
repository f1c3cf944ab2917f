using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>What runners say about the work that they have. Whoever no longer has it is refused with <see cref="ProblemCode.LeaseLost"/>.</summary>
public sealed class TaskGroup
{
    private readonly Api _api;

    internal TaskGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/tasks/{task_id}/heartbeat</c>: the work stays the runner's own for as long again.</summary>
    public Task<ExtendedLease> HeartbeatAsync(Guid taskId, long fencingToken, TimeSpan? lease = null, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"v1/tasks/{PathPart.Of(taskId)}/heartbeat", new Heartbeat(fencingToken, lease), ClientJson.Default.Heartbeat, ClientJson.Default.ExtendedLease, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/tasks/{task_id}/outcome</c>: how the process ended. Told again, it is answered as the first time, also without a key.</summary>
    public Task<ExecutionInstance> ReportAsync(Guid taskId, long fencingToken, Outcome outcome, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"v1/tasks/{PathPart.Of(taskId)}/outcome", Told(fencingToken, outcome), ClientJson.Default.ToldOutcome, ClientJson.Default.ExecutionInstance, idempotencyKey, cancellation);

    private static ToldOutcome Told(long fencingToken, Outcome outcome) => new()
    {
        FencingToken = fencingToken,
        Outcome = outcome switch
        {
            Completed => "COMPLETED",
            Suspended => "SUSPENDED",
            Failed => "FAILED",
            _ => throw new ArgumentException("An outcome is Completed, Suspended or Failed.", nameof(outcome)),
        },
        Checkpoint = (outcome as Suspended)?.Checkpoint,
        Evidence = outcome.Evidence,
        Cost = outcome.Cost,
        Error = (outcome as Failed)?.Error,
    };
}
