using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Streams;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>One instance, now or as soon as it has changed. Whoever waits holds neither a connection to the database nor a place in the instance's line.</summary>
internal sealed class InstanceView(IGrains grains, IEntryStreams streams, IWorkQueues queues)
{
    /// <summary>The parameter that says how long to wait.</summary>
    public const string Wait = "wait";

    /// <summary>The longest that anybody may wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

    /// <summary><c>GET /v1/instances/{instance_id}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var wait = query.Wait(Wait, LongestWait);
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var answer = await ReadAsync(request);
        return answer.Answer.Refusal is null && wait > TimeSpan.Zero && IsWaitedFor(request, answer)
            ? await WaitAsync(request, wait)
            : EntityTag.Unless(request.Http, answer.Answer);
    }

    private async ValueTask<Answer> WaitAsync(ApiRequest request, TimeSpan wait)
    {
        var since = Stopwatch.GetTimestamp();
        var aborted = request.Http.HttpContext.RequestAborted;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, request.Stopping);
        using var watch = await streams.WatchAsync(request.PathId("instance_id")!.Value, aborted);
        while (true)
        {
            // Read after the watch began: what was committed before is seen here, and what comes after is told.
            var answer = await ReadAsync(request);
            var left = wait - Stopwatch.GetElapsedTime(since);
            if (answer.Answer.Refusal is not null || left <= TimeSpan.Zero || !IsWaitedFor(request, answer))
            {
                return EntityTag.Unless(request.Http, answer.Answer);
            }

            try
            {
                await watch.ChangedAsync(left, ends.Token);
            }
            catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
            {
                return EntityTag.Unless(request.Http, answer.Answer);
            }
        }
    }

    private async ValueTask<(Answer Answer, ExecutionState? State)> ReadAsync(ApiRequest request) =>
        await _instances.FindAsync(request) is { } instance
            ? (EntityTag.Tagged(await _answers.ShowAsync(instance)), instance.State)
            : (TeamInstances.NotFound, null);

    // Whoever says what it has waits for anything else; whoever does not, waits for people to decide.
    private static bool IsWaitedFor(ApiRequest request, (Answer Answer, ExecutionState? State) read) =>
        EntityTag.IsNamed(request.Http) ? EntityTag.IsKnown(request.Http, read.Answer) : read.State == ExecutionState.WaitingForHuman;
}
