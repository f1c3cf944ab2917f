using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Bench.Running;
using Gantral.Evidence.Json;
using Gantral.Silo.Hosting;

namespace Gantral.Bench.Transitions;

/// <summary>
/// Lives through grains: created and started, stopped for a person, approved, resumed, taken up and completed; policy
/// is asked, and every request has an idempotency key. Seven transitions in five commits.
/// </summary>
internal sealed class GrainLives
{
    public const int TransitionsPerLife = 7;
    public const int CommitsPerLife = 5;

    public static readonly Actor Agent = new("agent-7", "https://issuer.example", ActorKind.Workload) { Client = "deploy-bot" };
    public static readonly Actor Alice = new("alice", "https://issuer.example", ActorKind.Human) { Client = "gantral-web" };
    private static readonly CanonicalBytes Trigger = Json("""{"change":"CHG-1","environment":"production"}""");
    private static readonly CanonicalBytes Context = Json("""{"amount":1250,"environment":"production"}""");
    private static readonly Creation Payments = Deploy("payments");

    private readonly List<double> _milliseconds = [];

    /// <summary>How long each request took, in the order in which they ended.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    /// <summary>What lives are ruled by: above an amount a person must decide.</summary>
    public static string Policy(string team) =>
        $$$"""
        {"policy_id":"guard-{{{team}}}","version":"1","evaluator":"rules",
         "rules":[{"when":{"step":"deploy","context.environment":["production","staging"],"context.amount":{"gte":1000}},
                   "decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"escalation_roles":["cto"],"timeout":"PT30M","on_timeout":"ESCALATE"}],
         "default":{"decision":"ALLOW"}}
        """;

    /// <summary>What lives follow.</summary>
    public static string Workflow(string team) =>
        $$$"""
        {"workflow_id":"deploy-{{{team}}}","version":"1","materiality":"HIGH","policy_version_id":"guard-{{{team}}}@1","queue":"agents","mode":"ENFORCE",
         "steps":[{"step":"plan"},{"step":"deploy","after":["plan"],"governed":true}],"triggers":[{"type":"api"}]}
        """;

    /// <summary>Registers what lives are bound to; more than once is no harm.</summary>
    public static async Task RegisterAsync(GrainHost host, string team = "payments")
    {
        var policy = await host.Policy($"guard-{team}@1").RegisterAsync(By(Alice), team, Json(Policy(team)));
        var workflow = await host.Workflow($"deploy-{team}", "1").RegisterAsync(By(Alice), team, Json(Workflow(team)));
        if ((policy.Refusal ?? workflow.Refusal) is { } refusal)
        {
            throw new WrongAnswerException($"nothing could be registered: {refusal.Message}");
        }
    }

    /// <summary>So many lives at once, one after the other, for a time; answers how many transitions were made in how many seconds.</summary>
    public async Task<(long Transitions, double Seconds)> LiveAsync(GrainHost host, int atOnce, TimeSpan time)
    {
        var (transitions, start) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            var (mine, times) = (0L, new List<double>());
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                await LiveOnceAsync(host, Payments, times);
                mine += TransitionsPerLife;
            }

            Interlocked.Add(ref transitions, mine);
            lock (_milliseconds)
            {
                _milliseconds.AddRange(times);
            }
        }));
        return (transitions, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>What a life of a team begins with.</summary>
    public static Creation Deploy(string team) => new($"deploy-{team}", "1", team, Trigger);

    /// <summary>One life, from its beginning to its end.</summary>
    public static async Task LiveOnceAsync(GrainHost host, Creation creation, List<double> times)
    {
        var create = By(Agent);
        var grain = host.Instance(host.NewInstanceId(create.Key));
        await AskAsync(grain.CreateAsync(create, creation), ExecutionState.Running, times);
        var waiting = await AskAsync(grain.RequestAuthorityAsync(By(Agent), "deploy", Context), ExecutionState.WaitingForHuman, times);
        var decision = new OfferedDecision(DecisionType.Approve, "release-manager", waiting.Pending!.Request.ContextSnapshotHash, "reviewed and found good");
        await AskAsync(grain.DecideAsync(By(Alice), decision), ExecutionState.Resumed, times);
        await AskAsync(grain.ClaimAsync(By(Agent), WorkKind.Resume), ExecutionState.Running, times);
        await AskAsync(grain.CompleteAsync(By(Agent), new WorkRemains()), ExecutionState.Completed, times);
    }

    private static async Task<Instance> AskAsync(ValueTask<Reply> request, ExecutionState expected, List<double> times)
    {
        var start = Stopwatch.GetTimestamp();
        var reply = await request;
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return reply.Refusal is null && reply.Instance!.State == expected
            ? reply.Instance
            : throw new WrongAnswerException($"{expected} was expected: {reply.Refusal?.Message ?? reply.Instance?.State.ToString()}");
    }

    public static Caller By(Actor actor)
    {
        Span<byte> chance = stackalloc byte[2 * Digest.Size];
        RandomNumberGenerator.Fill(chance);
        return new Caller(actor, actor.Kind == ActorKind.Human ? ImmutableArray.Create("release-manager") : [], new CommandKey(new Digest(chance[..Digest.Size]), new Digest(chance[Digest.Size..])));
    }

    public static CanonicalBytes Json(string text) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));
}
