using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;

namespace Gantral.Bench.Transitions;

/// <summary>Timers that fire beside very many that are pending: at a pace while transitions flow, and all at once.</summary>
internal sealed class TimersCase : IBenchCase
{
    private const int PerSecond = 3_500;
    private const int BesideInFlight = 32;

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
        var overdue = new OverdueTimers(database, waiting);
        var (rates, requests) = (new List<double>(), new List<double>());
        var rounds = run.Quick ? 3 : 5;
        for (var round = 1; round <= rounds; round++)
        {
            var (timers, ordinary) = await overdue.FireAsync(run.Quick ? 12_000 : 60_000, TimeSpan.FromSeconds(run.Quick ? 3 : 10));
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
        var (from, decideBy) = await new OverdueTimers(database, waiting).BeginAsync(lives, (place, now) =>
        {
            first = first == default ? now.Plus(TimeSpan.FromSeconds(5 + (3 * lives / pace))) : first;
            return first.Plus(TimeSpan.FromSeconds((double)place / PerSecond)).Since(now);
        });

        await using var silo = await database.OpenAsync(waiting);
        await Task.Delay(first.Since(silo.Ledger.Clock.Now) is var wait && wait > TimeSpan.Zero ? wait : throw new WrongAnswerException("the instances did not begin to wait in time"));
        var beside = new GrainLives();
        var ((made, seconds), _) = await OverdueTimers.FireAsync(database, silo, lives, () => beside.LiveAsync(silo.Host, BesideInFlight, time));
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
}
