using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>Queues: work fetched from them, and how they stand.</summary>
internal sealed class QueueOperations(IWorkQueues queues)
{
    public const int MostTasks = 100;
    public const int MostProcesses = 1_000_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // One of another team and one that nobody has are told apart by nothing.
    private static readonly Answer NotFound = Answer.Refused(
        RefusalCode.NotFound, "Your teams have no such queue: a queue is there once work was put into it, or something was said about it.");

    /// <summary><c>POST /v1/queues/{queue}/claims</c></summary>
    public async ValueTask<Answer> ClaimAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var runner = fields.Name("runner_id");
        var most = fields.Count("max", 1, MostTasks, otherwise: 1);
        var wait = fields.Duration("wait", TimeSpan.Zero, LongestWait, otherwise: TimeSpan.Zero);
        var lease = fields.Duration("lease", LeaseTimes.Shortest, LeaseTimes.Longest, otherwise: LeaseTimes.Usual);
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.PathName("queue") is not { } queue)
        {
            return NotFound;
        }

        var caller = new Caller(request.Caller.Actor, request.Caller.Roles, default);
        var claim = new WorkClaim(caller, request.Caller.Teams, queue) { RunnerId = runner, Most = most, Wait = wait, Lease = lease };
        var tasks = await queues.ClaimAsync(claim, request.Http.HttpContext.RequestAborted);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("tasks");
            foreach (var task in tasks)
            {
                TaskBody.Write(json, task);
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>GET /v1/queues</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var found = await queues.ListAsync(request.Caller.Teams);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("queues");
            foreach (var queue in found)
            {
                json.WriteStartObject();
                TaskBody.Write(json, queue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>GET /v1/queues/{queue}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var team = OwningTeam.Read(request, query, out var notYours);
        return (query.Fault() ?? notYours) is { } refusal ? Answer.Refused(refusal) : await OneAsync(request, team);
    }

    /// <summary><c>POST /v1/queues/{queue}</c></summary>
    public async ValueTask<Answer> OrderAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var order = new QueueOrder(fields.Word<QueueState>("state"), fields.OptionalCount("most_at_once", 1, MostProcesses));
        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.PathName("queue") is not { } queue)
        {
            return NotFound;
        }

        await queues.OrderAsync(team, queue, order, request.Caller.Actor);
        return await OneAsync(request, team);
    }

    private async ValueTask<Answer> OneAsync(ApiRequest request, string team) =>
        request.PathName("queue") is { } name && await queues.ListAsync([team], name) is [var queue]
            ? Answer.Ok(json => TaskBody.Write(json, queue))
            : NotFound;
}
