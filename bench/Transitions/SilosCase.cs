using Gantral.Bench.Running;

namespace Gantral.Bench.Transitions;

/// <summary>What several silo processes make of one database together, against one of them with as many requests in flight.</summary>
internal sealed class SilosCase : IBenchCase
{
    private const int Silos = 3;
    private const int InFlight = 255;
    private const int MostWarmUps = 16;
    private const int CalmWarmUps = 2;
    private const double Noticeable = 1.03;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Name => "transitions-silos";

    /// <inheritdoc/>
    public string About => "durable transitions per second of three silo processes with 255 requests in flight together, on one log and on three, against one process with as many.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run) =>
        [await MeasureAsync(run, logs: 1, "≥ 0.7"), await MeasureAsync(run, logs: Silos, "≥ 0.9")];

    private async Task<CaseResult> MeasureAsync(BenchRun run, int logs, string reach)
    {
        var name = $"{Name} ({logs} log{(logs > 1 ? "s" : "")})";
        await using var database = await BenchDatabase.MakeAsync(run, $"silos-{logs}", logs);
        var keyFile = Path.Combine(run.Folder, $"silos-{logs}.pem");
        await File.WriteAllTextAsync(keyFile, database.KeyPem);
        await using (var first = await database.OpenAsync())
        {
            await GrainLives.RegisterAsync(first.Host);
        }

        await using var alone = await SiloGroup.StartAsync(database, keyFile, 1, InFlight);
        await using var together = await SiloGroup.StartAsync(database, keyFile, Silos, InFlight);
        run.Say($"{name}: warming up");
        await WarmUpAsync(alone, together);
        var time = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(5);
        var (figures, ceilings) = (new List<SiloGroup.Rate>(), new List<SiloGroup.Rate>());
        for (var round = 1; round <= run.Rounds; round++)
        {
            figures.Add(await together.LiveAsync(time));
            ceilings.Add(await alone.LiveAsync(time));
            run.Say(string.Create(null, $"{name}: round {round} of {run.Rounds}: {figures[^1].Transitions:N0} together, {ceilings[^1].Transitions:N0} alone per second"));
        }

        await database.VerifyAsync(run);
        return new CaseResult(name, Samples.Median(figures.Select(rate => rate.Transitions)), "transitions/s")
        {
            Ceiling = Samples.Median(ceilings.Select(rate => rate.Transitions)),
            Reach = reach,
            Notes = [string.Create(null, $"{Samples.Median(figures.Select(rate => rate.CommitsToABatch)):N0} commits to a batch together, {Samples.Median(ceilings.Select(rate => rate.CommitsToABatch)):N0} alone")],
        };
    }

    // Four young processes compile their code on the same cores while they work. What is measured is how silos run and
    // not how they start, so they live until neither side gets noticeably faster any more.
    private static async Task WarmUpAsync(SiloGroup alone, SiloGroup together)
    {
        var (fastest, calm) = ((Together: 0.0, Alone: 0.0), 0);
        for (var round = 0; round < MostWarmUps && calm < CalmWarmUps; round++)
        {
            var reached = (Together: (await together.LiveAsync(WarmUp)).Transitions, Alone: (await alone.LiveAsync(WarmUp)).Transitions);
            calm = reached.Together > fastest.Together * Noticeable || reached.Alone > fastest.Alone * Noticeable ? 0 : calm + 1;
            fastest = (Math.Max(fastest.Together, reached.Together), Math.Max(fastest.Alone, reached.Alone));
        }
    }
}
