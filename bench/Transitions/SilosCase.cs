using Gantral.Bench.Running;

namespace Gantral.Bench.Transitions;

/// <summary>What several silo processes make of one database together, against one of them with as many requests in flight.</summary>
internal sealed class SilosCase : IBenchCase
{
    private const int Silos = 3;
    private const int InFlight = 255;

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

        run.Say($"{name}: warming up");
        await using var alone = await SiloProcess.StartAsync(database, keyFile, InFlight);
        var together = await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => SiloProcess.StartAsync(database, keyFile, InFlight / Silos)));
        try
        {
            var warm = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(6);
            await alone.LiveAsync(warm);
            await Task.WhenAll(together.Select(silo => silo.LiveAsync(warm)));
            var (figures, ceilings) = (new List<double>(), new List<double>());
            var time = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(5);
            for (var round = 1; round <= run.Rounds; round++)
            {
                figures.Add((await Task.WhenAll(together.Select(silo => silo.LiveAsync(time)))).Sum());
                ceilings.Add(await alone.LiveAsync(time));
                run.Say(string.Create(null, $"{name}: round {round} of {run.Rounds}: {figures[^1]:N0} together, {ceilings[^1]:N0} alone per second"));
            }

            await database.VerifyAsync(run);
            return new CaseResult(name, Samples.Median(figures), "transitions/s") { Ceiling = Samples.Median(ceilings), Reach = reach };
        }
        finally
        {
            foreach (var silo in together)
            {
                await silo.DisposeAsync();
            }
        }
    }
}
