using System.Collections.Concurrent;
using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Grains.Policies;
using Gantral.Silo.Hosting;

namespace Gantral.Bench.Transitions;

/// <summary>
/// Lives through grains that stop for a person at once: created, started and waiting in one commit, with a durable timer
/// of their own. How long each waits is said by the policy that they are bound to, as a policy service would.
/// </summary>
internal sealed class WaitingLives : IHttpPolicies, IPolicyEvaluator
{
    private const int AtOnce = 512;

    private static readonly Creation Wait = new("wait", "1", "payments", GrainLives.Json("""{"change":"CHG-1","environment":"production"}"""));

    private readonly ConcurrentDictionary<Guid, TimeSpan> _promised = [];

    /// <inheritdoc/>
    public string? Refusal(HttpPolicy policy) => null;

    /// <inheritdoc/>
    public IPolicyEvaluator Of(string policyVersionId, HttpPolicy policy) => this;

    /// <inheritdoc/>
    public ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) => new(new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.RequireHuman)
    {
        EligibleApproverRoles = ["release-manager"],
        Timeout = _promised[question.InstanceId!.Value],
    }));

    /// <summary>Registers what these lives are bound to.</summary>
    public static async Task RegisterAsync(GrainHost host)
    {
        var policy = await host.Policy("patience@1").RegisterAsync(GrainLives.By(GrainLives.Alice), "payments", GrainLives.Json(
            """{"policy_id":"patience","version":"1","evaluator":"http","url":"http://127.0.0.1/patience","shape":"gantral"}"""));
        var workflow = await host.Workflow("wait", "1").RegisterAsync(GrainLives.By(GrainLives.Alice), "payments", GrainLives.Json(
            """{"workflow_id":"wait","version":"1","materiality":"HIGH","policy_version_id":"patience@1","queue":"agents","mode":"ENFORCE","steps":[{"step":"deploy","governed":true}]}"""));
        if ((policy.Refusal ?? workflow.Refusal) is { } refusal)
        {
            throw new WrongAnswerException($"nothing could be registered: {refusal.Message}");
        }
    }

    /// <summary>Lets so many wait, each for as long as is said when its turn comes; answers until when each does, and how many began per second.</summary>
    public async Task<(IReadOnlyDictionary<Guid, Instant> DecideBy, double PerSecond)> BeginAsync(GrainHost host, int lives, Func<int, TimeSpan> patience)
    {
        var (decideBy, begun, start) = (new ConcurrentDictionary<Guid, Instant>(AtOnce, lives), -1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref begun) is var place && place < lives)
            {
                var create = GrainLives.By(GrainLives.Agent);
                var id = host.NewInstanceId(create.Key);
                _promised[id] = patience(place);
                var reply = await host.Instance(id).CreateAsync(create, Wait);
                _promised.TryRemove(id, out var _);
                decideBy[id] = reply is { Refusal: null, Instance: { State: ExecutionState.WaitingForHuman, Pending.Request.DecideBy: { } until } }
                    ? until
                    : throw new WrongAnswerException($"an instance that waits was expected: {reply.Refusal?.Message}");
            }
        }));
        return (decideBy, lives / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
