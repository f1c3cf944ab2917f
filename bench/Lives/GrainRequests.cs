using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Queues;

namespace Gantral.Bench.Lives;

/// <summary>Asked of the grains and the queues of the silo in this process.</summary>
internal sealed class GrainRequests(BenchSilo silo, WorkQueues queues) : ILifeRequests
{
    private const string Team = "payments";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);
    private static readonly CanonicalBytes Context = GrainLives.Json("""{"amount":1250,"environment":"production"}""");
    private static readonly CanonicalBytes Checkpoint = GrainLives.Json("""{"hash":"sha256:0000000000000000000000000000000000000000000000000000000000000000","ref":"s3://agents/1"}""");

    public async Task<Guid> CreateAsync()
    {
        var create = GrainLives.By(GrainLives.Agent);
        var id = silo.Host.NewInstanceId(create.Key);
        Must(await silo.Host.Instance(id).CreateAsync(create, GrainLives.Deploy(Team)), ExecutionState.Running);
        return id;
    }

    public async Task<IReadOnlyList<Piece>> ClaimAsync(int most)
    {
        var claim = new WorkClaim(GrainLives.By(GrainLives.Agent), [Team], "agents") { RunnerId = "bench", Most = most, Lease = Lease, Wait = Wait };
        return [.. (await queues.ClaimAsync(claim, CancellationToken.None)).Select(task => new Piece(task.Lease.TaskId, task.Lease.FencingToken, task.Instance.InstanceId, task.Kind == WorkKind.Resume))];
    }

    public async Task<string> AskAsync(Piece piece) =>
        Must(await Instance(piece).RequestAuthorityAsync(Holder(piece), "deploy", Context), ExecutionState.WaitingForHuman).Pending!.Request.ContextSnapshotHash.ToString();

    public async Task SuspendAsync(Piece piece) =>
        Must(await Instance(piece).SuspendAsync(Holder(piece), new WorkRemains(), Checkpoint), ExecutionState.WaitingForHuman);

    public async Task ApproveAsync(Guid instanceId, string snapshotHash)
    {
        var decision = new OfferedDecision(DecisionType.Approve, "release-manager", new Digest(Convert.FromHexString(snapshotHash)), "reviewed and found good");
        Must(await silo.Host.Instance(instanceId).DecideAsync(GrainLives.By(GrainLives.Alice), decision), ExecutionState.Resumed);
    }

    public async Task CompleteAsync(Piece piece) => Must(await Instance(piece).CompleteAsync(Holder(piece), new WorkRemains()), ExecutionState.Completed);

    private IInstanceGrain Instance(Piece piece) => silo.Host.Instance(piece.InstanceId);

    private static Caller Holder(Piece piece) => GrainLives.By(GrainLives.Agent) with { Lease = new Lease(piece.TaskId, piece.FencingToken) };

    private static Instance Must(Reply reply, ExecutionState expected) => reply.Refusal is null && reply.Instance!.State == expected
        ? reply.Instance
        : throw new WrongAnswerException($"{expected} was expected: {reply.Refusal?.Message ?? reply.Instance?.State.ToString()}");
}
