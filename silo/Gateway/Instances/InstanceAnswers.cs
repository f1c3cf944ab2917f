using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Instances as they are shown, each with whether work on it may go on: found out for every answer, and kept nowhere.</summary>
internal sealed class InstanceAnswers(IWorkQueues queues)
{
    /// <summary>The instance as a command left it, or why it did not.</summary>
    public async ValueTask<Answer> AfterAsync(Reply? reply) =>
        reply is null ? TeamInstances.NotFound
        : reply.Refusal is { } refusal ? Answer.Refused(refusal)
        : await ShowAsync(reply.Instance!);

    /// <summary>
    /// Carries out what makes an instance run, and says whether its work may go on. The commit itself sees whether an
    /// operator holds the work back; where there was none, a key being known already, it is looked up.
    /// </summary>
    public async ValueTask<(Reply Reply, bool IsRunnable)> BeginAsync(string owningTeamId, Func<ValueTask<Reply>> begin)
    {
        var before = queues.Moment();
        var reply = await begin();
        return (reply, reply is { Refusal: null, Instance: { State: ExecutionState.Running } instance } && (queues.IsFree(owningTeamId, before) || await IsRunnableAsync(instance)));
    }

    /// <summary>The instance as a command left it that only the holder of its work can give: it has that work still.</summary>
    public static Answer UnderLease(Reply reply) =>
        reply.Refusal is { } refusal ? Answer.Refused(refusal) : Shown(reply.Instance!, reply.Instance!.State == ExecutionState.Running);

    /// <summary>One as it is now.</summary>
    public async ValueTask<Answer> ShowAsync(Instance instance) => Shown(instance, await IsRunnableAsync(instance));

    /// <summary>One of which it is known whether its work may go on.</summary>
    public static Answer Shown(Instance instance, bool isRunnable) => Answer.Ok(json => InstanceBody.Write(json, instance, isRunnable));

    /// <summary>A page of them, and where the next one begins.</summary>
    public async ValueTask<Answer> PageAsync(IReadOnlyList<Instance> instances, string? nextCursor)
    {
        var running = instances.Where(instance => instance.State == ExecutionState.Running).Select(instance => instance.InstanceId).ToList();
        var runnable = running.Count == 0 ? null : await queues.RunnableAsync(running);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("instances");
            foreach (var instance in instances)
            {
                json.WriteStartObject();
                InstanceBody.Write(json, instance, runnable?.Contains(instance.InstanceId) == true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", nextCursor);
        });
    }

    /// <summary>Whether its state lets work go on, and somebody is at it or could have it now.</summary>
    public async ValueTask<bool> IsRunnableAsync(Instance instance) =>
        instance.State == ExecutionState.Running && (await queues.RunnableAsync([instance.InstanceId])).Contains(instance.InstanceId);
}
