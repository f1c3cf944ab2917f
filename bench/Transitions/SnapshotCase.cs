using Gantral.Bench.Running;
using Gantral.Silo.Audit;

namespace Gantral.Bench.Transitions;

/// <summary>What a long export costs those who work meanwhile.</summary>
internal sealed class SnapshotCase : IBenchCase
{
    private const int InFlight = 64;

    /// <inheritdoc/>
    public string Name => "snapshot";

    /// <inheritdoc/>
    public string About => "durable transitions per second while the whole log is exported, paced to last as long as the measurement, against the same without an export.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, "snapshot");
        await using var silo = await database.OpenAsync();
        await GrainLives.RegisterAsync(silo.Host);
        var lives = new GrainLives();

        run.Say($"{Name}: growing the log that is exported");
        await lives.LiveAsync(silo.Host, 256, run.Quick ? TimeSpan.FromSeconds(4) : TimeSpan.FromSeconds(20));
        var time = run.Quick ? TimeSpan.FromSeconds(6) : TimeSpan.FromSeconds(60);
        var rounds = run.Quick ? 2 : 3;
        var (figures, ceilings) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            ceilings.Add(await RateAsync(lives, silo, time));
            var entries = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
            using var stop = new CancellationTokenSource();
            var exporting = ExportAsync(database, entries / time.TotalSeconds, stop.Token);
            figures.Add(await RateAsync(lives, silo, time));
            await stop.CancelAsync();
            var exported = await exporting;
            run.Say(string.Create(null, $"{Name}: round {round} of {rounds}: {figures[^1]:N0} beside an export of {exported:N0} entries, {ceilings[^1]:N0} without per second"));
        }

        await database.VerifyAsync(run);
        return [new CaseResult(Name, Samples.Median(figures), "transitions/s") { Ceiling = Samples.Median(ceilings), Reach = "≥ 0.85" }];
    }

    private static async Task<double> RateAsync(GrainLives lives, BenchSilo silo, TimeSpan time)
    {
        var (made, seconds) = await lives.LiveAsync(silo.Host, InFlight, time);
        return made / seconds;
    }

    // As fast as whoever takes it away reads, which is what makes an export long.
    private static async Task<long> ExportAsync(BenchDatabase database, double entriesPerSecond, CancellationToken stop)
    {
        var exported = 0L;
        try
        {
            using var away = new PacedStream(entriesPerSecond);
            while (true)
            {
                await new LogExport(database.Source).WriteAsync(1, away, done => exported = Math.Max(exported, done), stop);
            }
        }
        catch (OperationCanceledException)
        {
            return exported;
        }
    }
}
