using System.Diagnostics;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Silo.Reminders;

namespace Gantral.Bench.Transitions;

/// <summary>Timers that fire beside very many that are pending: at a pace while transitions flow, and all at once.</summary>
internal sealed class TimersCase : IBenchCase
{
    private const int PerSecond = 3_500;
    private const int InFlight = 32;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Name => "timers";

    /// <inheritdoc/>
    public string About => "timers fired per second beside a million pending ones, each an instance that waits for a person: come due at a steady pace while ordinary transitions flow (p50 and p99 are how late), and all overdue at once, against ordinary requests per second through grains.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        var waiting = new WaitingLives();
        await using var database = await BenchDatabase.MakeAsync(run, "timers");
        await using var silo = await database.OpenAsync(waiting);
        await GrainLives.RegisterAsync(silo.Host);
        await WaitingLives.RegisterAsync(silo.Host);

        var pending = run.Quick ? 50_000 : 1_000_000;
        run.Say($"{Name}: letting {pending:N0} instances wait");
        var (_, pace) = await waiting.BeginAsync(silo.Host, pending, _ => Day);
        run.Say(string.Create(null, $"{Name}: {pace:N0} per second began to wait"));

        var beside = new GrainLives();
        var paced = await PacedAsync(run, database, silo, waiting, pace, beside);
        var (rates, requests) = (new List<double>(), new List<double>());
        var rounds = run.Quick ? 3 : 5;
        for (var round = 1; round <= rounds; round++)
        {
            var cpu0 = (Environment.CpuUsage.TotalTime.TotalSeconds, Pg(database)); /*TMP*/
            var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, 256, TimeSpan.FromSeconds(run.Quick ? 3 : 10));
            run.Say($"TMP us per request: silo {(Environment.CpuUsage.TotalTime.TotalSeconds - cpu0.Item1) / made * 7 / 5 * 1e6:N0} pg {(Pg(database) - cpu0.Item2) / made * 7 / 5 * 1e6:N0}"); /*TMP*/
            requests.Add(made / seconds / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife);
            rates.Add(await OverdueAsync(run, database, silo, waiting, pace));
            run.Say(string.Create(null, $"{Name}: round {round} of {rounds}: {rates[^1]:N0} overdue timers, {requests[^1]:N0} requests per second"));
        }

        var left = await database.CountAsync("SELECT count(*) FROM timer");
        if (left != pending)
        {
            throw new WrongAnswerException($"{left:N0} timers are left of {pending:N0} that were not due");
        }

        await database.VerifyAsync(run);
        return [paced, new CaseResult($"{Name} (overdue)", Samples.Median(rates), "timers/s") { Ceiling = Samples.Median(requests), Reach = "≥ 3,000/s" }];
    }

    // Instances that come due one by one, evenly, while others live their lives.
    private async Task<CaseResult> PacedAsync(BenchRun run, BenchDatabase database, BenchSilo silo, WaitingLives waiting, double pace, GrainLives beside)
    {
        var time = TimeSpan.FromSeconds(run.Quick ? 8 : 30);
        var lives = (int)(PerSecond * time.TotalSeconds);
        var first = silo.Ledger.Clock.Now.Plus(TimeSpan.FromSeconds(2 + (2 * lives / pace)));
        var from = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
        var (decideBy, _) = await waiting.BeginAsync(silo.Host, lives, place => first.Plus(TimeSpan.FromSeconds((double)place / PerSecond)).Since(silo.Ledger.Clock.Now));
        await UntilAsync(silo, first.Plus(TimeSpan.FromSeconds(-1)));

        var (made, seconds, fired) = (0L, 0.0, 0L);
        var reminders = await RemindAsync(database, silo, () => Interlocked.Increment(ref fired));
        (made, seconds) = await beside.LiveAsync(silo.Host, InFlight, time + TimeSpan.FromSeconds(1));
        await UntilFiredAsync(() => Interlocked.Read(ref fired), lives);
        await reminders.StopAsync(CancellationToken.None);
        reminders.Dispose();

        var timeouts = await Timeouts.ReadAsync(silo.Ledger, from, decideBy);
        return new CaseResult(Name, timeouts.PerSecond, "timers/s")
        {
            Ceiling = PerSecond,
            Reach = "≥ 3,000/s, p99 ≤ 1,000 ms",
            P50 = Samples.Median(timeouts.LateMilliseconds),
            P99 = Samples.Percentile(timeouts.LateMilliseconds, 99),
            Notes = [string.Create(null, $"{lives:N0} timers came due at {PerSecond:N0} a second, the ceiling, while {made / seconds:N0} ordinary transitions per second flowed; p50 and p99 are from due to the entry's time, by the database's clock")],
        };
    }

    // As after an outage: everything is overdue when the silo begins to look.
    private static async Task<double> OverdueAsync(BenchRun run, BenchDatabase database, BenchSilo silo, WaitingLives waiting, double pace)
    {
        var lives = run.Quick ? 12_000 : 60_000;
        var due = silo.Ledger.Clock.Now.Plus(TimeSpan.FromSeconds(2 + (2 * lives / pace)));
        var from = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
        var (decideBy, _) = await waiting.BeginAsync(silo.Host, lives, _ => due.Since(silo.Ledger.Clock.Now));
        await UntilAsync(silo, due.Plus(TimeSpan.FromMilliseconds(100)));

        var cpu0 = (Environment.CpuUsage.TotalTime.TotalSeconds, Pg(database)); /*TMP*/
        var (fired, start) = (0L, Stopwatch.GetTimestamp());
        var reminders = await RemindAsync(database, silo, () => Interlocked.Increment(ref fired));
        await UntilFiredAsync(() => Interlocked.Read(ref fired), lives);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        run.Say($"TMP us per timer: silo {(Environment.CpuUsage.TotalTime.TotalSeconds - cpu0.Item1) / lives * 1e6:N0} pg {(Pg(database) - cpu0.Item2) / lives * 1e6:N0}, checkpoints {await database.CountAsync($"SELECT count(*) FROM checkpoint WHERE log_id = 1 and size > {from}")}"); /*TMP*/
        await reminders.StopAsync(CancellationToken.None);
        reminders.Dispose();
        await Timeouts.ReadAsync(silo.Ledger, from, decideBy);
        return lives / seconds;
    }

    private static double Pg(BenchDatabase database) /*TMP*/
    {
        var sum = 0.0;
        foreach (var dir in Directory.GetDirectories("/proc"))
        {
            try
            {
                var stat = File.ReadAllText(dir + "/stat");
                var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (words[1] == database.ServerProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)) { sum += (long.Parse(words[11], null) + long.Parse(words[12], null)) / 100.0; }
            }
            catch (Exception) { }
        }
        return sum;
    }

    private static async Task<ReminderService> RemindAsync(BenchDatabase database, BenchSilo silo, Action fired)
    {
        var reminders = new ReminderService(new ReminderOptions { ConnectionString = database.Serving, Fired = _ => fired() }, silo.Host, silo.Ledger.Clock);
        await reminders.StartAsync(CancellationToken.None);
        return reminders;
    }

    private static Task UntilAsync(BenchSilo silo, Instant moment) =>
        moment.Since(silo.Ledger.Clock.Now) is var wait && wait > TimeSpan.Zero ? Task.Delay(wait) : throw new WrongAnswerException("the instances did not begin to wait in time");

    private static async Task UntilFiredAsync(Func<long> fired, int timers)
    {
        var start = Stopwatch.GetTimestamp();
        while (fired() < timers)
        {
            await Task.Delay(5);
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(2))
            {
                throw new WrongAnswerException($"only {fired():N0} of {timers:N0} timers fired");
            }
        }
    }
}
