using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Instances: made, started, asked for, cancelled, noted about.</summary>
/// <param name="grains">Where they are reached.</param>
/// <param name="newInstanceId">The id of an instance that a command creates: the same key, the same id.</param>
/// <param name="queues">Who has the work of an instance.</param>
internal sealed class InstanceOperations(IGrains grains, Func<CommandKey, Guid> newInstanceId, IWorkQueues queues)
{
    private static readonly Access AsOperator = Access.With(PlatformRole.Operator);

    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

    /// <summary><c>POST /v1/instances</c></summary>
    public async ValueTask<Answer> CreateAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var creation = new Creation(fields.Name("workflow_id"), fields.Name("workflow_version"), team, fields.ObjectOrEmpty("trigger_context"), fields.Flag("start", otherwise: true));
        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var caller = request.For(team);
        var (reply, isRunnable) = await _answers.BeginAsync(team, () => grains.Instance(newInstanceId(caller.Key)).CreateAsync(caller, creation));
        return reply.Refusal is { } refused
            ? Answer.Refused(refused)
            : Answer.Created($"/v1/instances/{reply.Instance!.InstanceId:D}", json => InstanceBody.Write(json, reply.Instance, isRunnable));
    }

    /// <summary><c>POST /v1/instances/{instance_id}/start</c></summary>
    public async ValueTask<Answer> StartAsync(ApiRequest request)
    {
        if (new BodyFields(request.Body).End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.PathId("instance_id") is not { } id || await _instances.TeamOfAsync(request, id) is not { } team)
        {
            return TeamInstances.NotFound;
        }

        var (reply, isRunnable) = await _answers.BeginAsync(team, () => grains.Instance(id).StartAsync(request.For(team)));
        return reply.Refusal is { } refused ? Answer.Refused(refused) : InstanceAnswers.Shown(reply.Instance!, isRunnable);
    }

    /// <summary><c>POST /v1/instances/{instance_id}/authority</c></summary>
    public async ValueTask<Answer> RequestAuthorityAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var step = fields.Name("step");
        var context = fields.ObjectOrEmpty("execution_context");
        var lease = fields.OptionalLease();
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        // A runner asks for the work that it has and for no other; an operator need not have any.
        if (lease is null && AsOperator.Fault(request.Caller) is not null)
        {
            return Answer.Refused(RefusalCode.Forbidden, "A runner asks under its task: send task_id and fencing_token as they came with it.");
        }

        if (request.PathId("instance_id") is not { } id || await _instances.TeamOfAsync(request, id) is not { } team)
        {
            return TeamInstances.NotFound;
        }

        var reply = await grains.Instance(id).RequestAuthorityAsync(request.For(team) with { Lease = lease }, step, context);

        // Whatever the instance says to somebody who no longer has the work, that comes first.
        return reply.Refusal is { Code: RefusalCode.InvalidTransition } && lease is { } held && !await queues.HoldsAsync(id, held)
            ? TaskOperations.Lost
            : lease is null ? await _answers.AfterAsync(reply) : InstanceAnswers.UnderLease(reply);
    }

    /// <summary><c>POST /v1/instances/{instance_id}/evidence</c></summary>
    public async ValueTask<Answer> AttachEvidenceAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var evidence = fields.References("evidence");
        return fields.End() is { } refusal
            ? Answer.Refused(refusal)
            : await _answers.AfterAsync(await _instances.CommandAsync(request, (instance, caller) => instance.AttachEvidenceAsync(caller, evidence)));
    }

    /// <summary><c>POST /v1/instances/{instance_id}/cost</c></summary>
    public async ValueTask<Answer> RecordCostAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var cost = fields.Cost();
        return fields.End() is { } refusal
            ? Answer.Refused(refusal)
            : await _answers.AfterAsync(await _instances.CommandAsync(request, (instance, caller) => instance.RecordCostAsync(caller, cost)));
    }

    /// <summary><c>POST /v1/instances/{instance_id}/cancel</c></summary>
    public async ValueTask<Answer> CancelAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var justification = fields.OptionalText("justification");
        return fields.End() is { } refusal
            ? Answer.Refused(refusal)
            : await _answers.AfterAsync(await _instances.CommandAsync(request, (instance, caller) => instance.CancelAsync(caller, justification)));
    }
}
