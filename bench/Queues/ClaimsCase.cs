using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Silo.Connections;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Queues;

namespace Gantral.Bench.Queues;

/// <summary>Work that runners fetch and finish, in batches; and how soon one that waits has what was just made.</summary>
internal sealed class ClaimsCase : IBenchCase
{
    private const string Team = "payments";
    private const string Busy = "busy";
    private const string Prompt = "prompt";
    private const int Runners = 8;
    private const int Batch = 50;
    private const int Idle = 200;
    private const int AloneInFlight = 256;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "claims";

    /// <inheritdoc/>
    public string About => "pieces of work that eight runners fetch, fifty at a time, and complete per second, against ordinary requests per second through grains; then how long a waiting runner waits for what was just committed. 200 other runners wait for nothing meanwhile.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, Name);
        await using var silo = await database.OpenAsync();
        await using var queues = new WorkQueues(silo.Ledger, silo.Host, new ConnectionStore(silo.Ledger.Source), TimeProvider.System);
        await GrainLives.RegisterAsync(silo.Host);
        await RegisterAsync(silo, Busy);
        await RegisterAsync(silo, Prompt);
        using var over = new CancellationTokenSource();
        var idle = Enumerable.Range(0, Idle).Select(place => queues.ClaimAsync(Claim($"idle-{place}", 1, TimeSpan.FromHours(1)), over.Token)).ToList();
        var (rates, requests) = (new List<double>(), new List<double>());
        var rounds = run.Quick ? 3 : 5;
        for (var round = 1; round <= rounds; round++)
        {
            var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, AloneInFlight, TimeSpan.FromSeconds(run.Quick ? 2 : 6));
            requests.Add(made / seconds / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife);
            rates.Add(await FetchAsync(silo, queues, run.Quick ? 5_000 : 30_000));
            run.Say(string.Create(null, $"{Name}: round {round} of {rounds}: {rates[^1]:N0} pieces of work, {requests[^1]:N0} ordinary requests per second"));
        }

        var milliseconds = await WaitAsync(silo, queues, run.Quick ? 60 : 300);
        await over.CancelAsync();
        await Task.WhenAny(Task.WhenAll(idle));
        if (await database.CountAsync($"SELECT count(*) FROM task WHERE queue IN ('{Busy}', '{Prompt}')") is > 0 and var left)
        {
            throw new WrongAnswerException($"{left:N0} pieces of work are left over");
        }

        await database.VerifyAsync(run);
        return
        [
            new CaseResult(Name, Samples.Median(rates), "tasks/s") { Ceiling = Samples.Median(requests), Reach = "≥ 5,000/s" },
            new CaseResult($"{Name} (waiting)", Samples.Percentile(milliseconds, 99), "ms") { LowerIsBetter = true, Reach = "≤ 100 ms", P50 = Samples.Median(milliseconds), P99 = Samples.Percentile(milliseconds, 99) },
        ];
    }

    // Every piece is completed under its lease, each once, and no more of them than there were.
    private static async Task<double> FetchAsync(BenchSilo silo, WorkQueues queues, int pieces)
    {
        await MakeAsync(silo, Busy, pieces);
        var (done, start) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Runners).Select(async _ =>
        {
            while (Volatile.Read(ref done) < pieces)
            {
                var tasks = await queues.ClaimAsync(Claim(Busy, Batch, TimeSpan.Zero), CancellationToken.None);
                await Task.WhenAll(tasks.Select(task => CompleteAsync(silo, task)));
                Interlocked.Add(ref done, tasks.Length);
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return done == pieces ? pieces / seconds : throw new WrongAnswerException($"{done:N0} pieces of work were handed out of {pieces:N0}");
    }

    private static async Task<IReadOnlyList<double>> WaitAsync(BenchSilo silo, WorkQueues queues, int times)
    {
        var milliseconds = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var waiting = queues.ClaimAsync(Claim(Prompt, 1, TimeSpan.FromMinutes(1)), CancellationToken.None);
            while (queues.WaitingRunners <= Idle)
            {
                await Task.Yield();
            }

            await MakeAsync(silo, Prompt, 1);
            var committed = Stopwatch.GetTimestamp();
            var task = await waiting is [var only] ? only : throw new WrongAnswerException("a runner that waited got nothing");
            milliseconds.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
            await CompleteAsync(silo, task);
        }

        return milliseconds;
    }

    private static async Task RegisterAsync(BenchSilo silo, string queue)
    {
        var workflow = await silo.Host.Workflow(queue, "1").RegisterAsync(GrainLives.By(GrainLives.Alice), Team, GrainLives.Json(
            $$"""{"workflow_id":"{{queue}}","version":"1","materiality":"LOW","policy_version_id":"guard-payments@1","queue":"{{queue}}","steps":[{"step":"work"}]}"""));
        if (workflow.Refusal is { } refusal)
        {
            throw new WrongAnswerException($"nothing could be registered: {refusal.Message}");
        }
    }

    private static async Task MakeAsync(BenchSilo silo, string queue, int pieces)
    {
        var made = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(pieces, AloneInFlight)).Select(async _ =>
        {
            while (Interlocked.Increment(ref made) <= pieces)
            {
                var caller = GrainLives.By(GrainLives.Agent);
                var reply = await silo.Host.Instance(silo.Host.NewInstanceId(caller.Key)).CreateAsync(caller, new Creation(queue, "1", Team, GrainLives.Json("""{"change":"CHG-1"}""")));
                Must(reply, ExecutionState.Running);
            }
        }));
    }

    private static async Task CompleteAsync(BenchSilo silo, HandedTask task) => Must(
        await silo.Host.Instance(task.Instance.InstanceId).CompleteAsync(GrainLives.By(GrainLives.Agent) with { Lease = task.Lease }, new WorkRemains()),
        ExecutionState.Completed);

    private static void Must(Reply reply, ExecutionState expected)
    {
        if (reply.Refusal is not null || reply.Instance!.State != expected)
        {
            throw new WrongAnswerException($"{expected} was expected: {reply.Refusal?.Message ?? reply.Instance?.State.ToString()}");
        }
    }

    private static WorkClaim Claim(string queue, int most, TimeSpan wait) =>
        new(GrainLives.By(GrainLives.Agent), [Team], queue) { RunnerId = "bench", Most = most, Lease = Lease, Wait = wait };
}
