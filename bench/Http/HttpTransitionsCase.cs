using Gantral.Bench.Lives;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;

namespace Gantral.Bench.Http;

/// <summary>Durable transitions over HTTP, against the same lives through the grains of the same silo.</summary>
internal sealed class HttpTransitionsCase : IBenchCase
{
    private const int InFlight = 256;
    private const int MostWarmUps = 12;
    private const double Noticeable = 1.05;

    /// <inheritdoc/>
    public string Name => "transitions-http";

    /// <inheritdoc/>
    public string About => "durable transitions per second over HTTP with keep-alive: 256 whole lives at once, with their runners and approvers, from a process of its own, against the same lives through the grains and queues of the same silo.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, "http");
        await using var silo = await database.OpenAsync();
        await GrainLives.RegisterAsync(silo.Host);
        await using var gateway = await BenchGateway.OpenAsync(database, silo);
        await using var load = await HttpLoadProcess.StartAsync(gateway);

        run.Say($"{Name}: warming up");
        await WarmUpAsync(silo, gateway, load);
        var (figures, ceilings, milliseconds) = (new List<double>(), new List<double>(), new List<double>());
        var time = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(6);
        for (var round = 1; round <= run.Rounds; round++)
        {
            var (perSecond, times) = await load.LiveAsync(InFlight, time);
            figures.Add(perSecond);
            milliseconds.AddRange(times);
            ceilings.Add(await InProcessAsync(silo, gateway, time));
            run.Say(string.Create(null, $"{Name}: round {round} of {run.Rounds}: {figures[^1]:N0} over HTTP, {ceilings[^1]:N0} through grains per second"));
        }

        var paced = await PacedAsync(run, load, Samples.Median(figures) / 2);
        await database.VerifyAsync(run);
        return
        [
            new CaseResult(Name, Samples.Median(figures), "transitions/s")
            {
                Ceiling = Samples.Median(ceilings),
                Reach = "≥ 0.25",
                P50 = Samples.Median(milliseconds),
                P99 = Samples.Percentile(milliseconds, 99),
                Notes = ["the processor is shared by silo, database and the process that asks"],
            },
            paced,
        ];
    }

    // At half of what is possible, lives that begin when their turn comes: what somebody waits who does not wait for others.
    private async Task<CaseResult> PacedAsync(BenchRun run, HttpLoadProcess load, double pace)
    {
        var perSecond = (int)(pace / WorkedLives.TransitionsPerLife);
        var (reached, times) = await load.PaceAsync(perSecond, run.Quick ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(60));
        return new CaseResult($"{Name} (paced)", reached, "transitions/s")
        {
            Ceiling = perSecond * WorkedLives.TransitionsPerLife,
            P50 = Samples.Median(times),
            P99 = Samples.Percentile(times, 99),
            Notes = ["lives begin on a schedule at half of the rate above; times count from when a life was due, not from when it could be sent"],
        };
    }

    // Both processes compile their code while they work; what is measured is how they run and not how they start.
    private static async Task WarmUpAsync(BenchSilo silo, BenchGateway gateway, HttpLoadProcess load)
    {
        var (fastest, time) = (0.0, TimeSpan.FromSeconds(2));
        for (var round = 0; round < MostWarmUps; round++)
        {
            var (reached, _) = await load.LiveAsync(InFlight, time);
            await InProcessAsync(silo, gateway, time / 2);
            if (reached <= fastest * Noticeable)
            {
                return;
            }

            fastest = Math.Max(fastest, reached);
        }
    }

    private static async Task<double> InProcessAsync(BenchSilo silo, BenchGateway gateway, TimeSpan time)
    {
        var (made, seconds, _) = await new WorkedLives(new GrainRequests(silo, gateway.Queues)).LiveAsync(InFlight, time);
        return made / seconds;
    }
}
