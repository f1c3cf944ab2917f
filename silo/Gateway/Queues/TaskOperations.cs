using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>What runners say about the work that they have.</summary>
internal sealed class TaskOperations(IGrains grains, IWorkQueues queues)
{
    private static readonly Answer NotFound = Answer.Refused(RefusalCode.NotFound, "There is no such task among those of your teams; check its id, and whether your token speaks for its team.");

    /// <summary>The answer to whoever no longer has the work.</summary>
    public static Answer Lost { get; } = Answer.Refused(RefusalCode.LeaseLost, "This runner no longer holds the task, and nothing was done; stop the work, and claim again.");

    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

    /// <summary><c>POST /v1/tasks/{task_id}/heartbeat</c></summary>
    public async ValueTask<Answer> HeartbeatAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var token = fields.Integer("fencing_token");
        var duration = fields.Duration("lease", LeaseTimes.Shortest, LeaseTimes.Longest, otherwise: LeaseTimes.Usual);
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request) is not var (instanceId, _, taskId))
        {
            return NotFound;
        }

        if (await queues.ExtendAsync(instanceId, new Lease(taskId, token), duration) is not { } until)
        {
            return Lost;
        }

        var instance = (await grains.Instance(instanceId).ReadAsync())!;
        return Answer.Ok(json =>
        {
            json.WriteString("task_id", taskId);
            json.WriteNumber("fencing_token", token);
            json.Time("lease_until", until);
            json.WriteString("instance_id", instanceId);
            json.Word<ExecutionState>("state", instance.State);
        });
    }

    /// <summary><c>POST /v1/tasks/{task_id}/outcome</c></summary>
    public async ValueTask<Answer> OutcomeAsync(ApiRequest request)
    {
        var outcome = TaskOutcome.Read(new BodyFields(request.Body), out var refusal);
        if (refusal is not null)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request) is not var (instanceId, team, taskId))
        {
            return NotFound;
        }

        var lease = new Lease(taskId, outcome.FencingToken);
        var caller = request.For(team) with { Lease = lease };
        var reply = await outcome.TellAsync(grains.Instance(instanceId), caller with { Key = IdempotencyKey.IsGiven(request.Http) ? caller.Key : outcome.KeyOf(taskId, request.Body) });

        // Whatever the instance says to somebody who no longer has the work, that comes first.
        return reply.Refusal is { Code: RefusalCode.InvalidTransition } && !await queues.HoldsAsync(instanceId, lease) ? Lost : await _answers.AfterAsync(reply);
    }

    private async ValueTask<(Guid InstanceId, string Team, Guid TaskId)?> FindAsync(ApiRequest request) =>
        request.PathId("task_id") is { } taskId
        && await queues.InstanceOfAsync(taskId) is { } instanceId
        && await _instances.TeamOfAsync(request, instanceId) is { } team
            ? (instanceId, team, taskId)
            : null;
}
