using System.Diagnostics;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Silo.Reminders;

namespace Gantral.Bench.Transitions;

/// <summary>Timers that fire beside very many that are pending: at a pace while transitions flow, and all at once.</summary>
internal sealed class TimersCase : IBenchCase
{
    private const int PerSecond = 3_500;
    private const int BesideInFlight = 32;
    private const int AloneInFlight = 256;

    /// <inheritdoc/>
    public string Name => "timers";

    /// <inheritdoc/>
    public string About => "timers fired per second beside a million pending ones, each an instance that waits for a person and that the silo must read first: due at a steady pace, the ceiling, while ordinary transitions flow; and all overdue at once, against ordinary requests per second through grains.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        var waiting = new WaitingLives();
        await using var database = await BenchDatabase.MakeAsync(run, "timers");
        var (pending, pace) = (run.Quick ? 50_000 : 1_000_000, 0.0);
        await using (var silo = await database.OpenAsync(waiting))
        {
            await GrainLives.RegisterAsync(silo.Host);
            await WaitingLives.RegisterAsync(silo.Host);
            run.Say($"{Name}: letting {pending:N0} instances wait");
            (_, pace) = await waiting.BeginAsync(silo.Host, pending, _ => TimeSpan.FromDays(1));
        }

        run.Say(string.Create(null, $"{Name}: {pace:N0} per second began to wait"));
        var paced = await PacedAsync(run, database, waiting, pace);
        run.Say(string.Create(null, $"{Name}: {paced.Figure:N0} per second fired of {paced.Ceiling:N0}, half of them {paced.P50:N0} ms late and 99 of 100 at most {paced.P99:N0} ms"));
        var (rates, requests) = (new List<double>(), new List<double>());
        var rounds = run.Quick ? 3 : 5;
        for (var round = 1; round <= rounds; round++)
        {
            var (timers, ordinary) = await OverdueAsync(run, database, waiting);
            rates.Add(timers);
            requests.Add(ordinary);
            run.Say(string.Create(null, $"{Name}: round {round} of {rounds}: {timers:N0} overdue timers, {ordinary:N0} ordinary requests per second"));
        }

        if (await database.CountAsync("SELECT count(*) FROM timer") is var left && left != pending)
        {
            throw new WrongAnswerException($"{left:N0} timers are left of {pending:N0} that were not due");
        }

        await database.VerifyAsync(run);
        return [paced, new CaseResult($"{Name} (overdue)", Samples.Median(rates), "timers/s") { Ceiling = Samples.Median(requests), Reach = "≥ 3,000/s" }];
    }

    // Instances that come due one by one, evenly, while others live their lives.
    private async Task<CaseResult> PacedAsync(BenchRun run, BenchDatabase database, WaitingLives waiting, double pace)
    {
        var time = TimeSpan.FromSeconds(run.Quick ? 8 : 30);
        var lives = (int)(PerSecond * time.TotalSeconds);
        Instant first = default;
        var (from, decideBy) = await BeginAsync(database, waiting, lives, (place, now) =>
        {
            first = first == default ? now.Plus(TimeSpan.FromSeconds(5 + (3 * lives / pace))) : first;
            return first.Plus(TimeSpan.FromSeconds((double)place / PerSecond)).Since(now);
        });

        await using var silo = await database.OpenAsync(waiting);
        await Task.Delay(first.Since(silo.Ledger.Clock.Now) is var wait && wait > TimeSpan.Zero ? wait : throw new WrongAnswerException("the instances did not begin to wait in time"));
        var beside = new GrainLives();
        var ((made, seconds), _) = await FireAsync(database, silo, lives, () => beside.LiveAsync(silo.Host, BesideInFlight, time));
        var timeouts = await Timeouts.ReadAsync(silo.Ledger, from, decideBy);
        return new CaseResult(Name, timeouts.PerSecond, "timers/s")
        {
            Ceiling = PerSecond,
            Reach = "≥ 3,000/s, p99 ≤ 1 s",
            P50 = Samples.Median(timeouts.LateMilliseconds),
            P99 = Samples.Percentile(timeouts.LateMilliseconds, 99),
            Notes = [string.Create(null, $"{lives:N0} timers came due while {made / seconds:N0} ordinary transitions per second flowed; p50 and p99 are from due to the entry's time, by the database's clock")],
        };
    }

    // As after an outage: everything is overdue when a silo begins to look.
    private static async Task<(double Timers, double Requests)> OverdueAsync(BenchRun run, BenchDatabase database, WaitingLives waiting)
    {
        var patience = TimeSpan.FromSeconds(1);
        var lives = run.Quick ? 12_000 : 60_000;
        var (from, decideBy) = await BeginAsync(database, waiting, lives, (_, _) => patience);
        await Task.Delay(patience);

        await using var silo = await database.OpenAsync(waiting);
        var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, AloneInFlight, TimeSpan.FromSeconds(run.Quick ? 3 : 10));
        var (_, fired) = await FireAsync(database, silo, lives, () => Task.FromResult(0));
        await Timeouts.ReadAsync(silo.Ledger, from, decideBy);
        return (lives / fired, made / seconds / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife);
    }

    // The silo that lets them wait is gone when they are due: whoever fires them must read them first.
    private static async Task<(long From, IReadOnlyDictionary<Guid, Instant> DecideBy)> BeginAsync(BenchDatabase database, WaitingLives waiting, int lives, Func<int, Instant, TimeSpan> patience)
    {
        await using var silo = await database.OpenAsync(waiting);
        var from = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
        var (decideBy, _) = await waiting.BeginAsync(silo.Host, lives, place => patience(place, silo.Ledger.Clock.Now));
        return (from, decideBy);
    }

    private static async Task<(T Beside, double Seconds)> FireAsync<T>(BenchDatabase database, BenchSilo silo, int timers, Func<Task<T>> meanwhile)
    {
        var (fired, start) = (0, Stopwatch.GetTimestamp());
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var reminders = new ReminderService(new ReminderOptions { ConnectionString = database.Serving, Fired = _ => Count() }, silo.Host, silo.Ledger.Clock);
        await reminders.StartAsync(CancellationToken.None);
        var beside = await meanwhile();
        await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromMinutes(2)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await reminders.StopAsync(CancellationToken.None);
        return all.Task.IsCompleted ? (beside, seconds) : throw new WrongAnswerException($"only {fired:N0} of {timers:N0} timers fired");

        void Count()
        {
            if (Interlocked.Increment(ref fired) == timers)
            {
                all.SetResult();
            }
        }
    }
}
