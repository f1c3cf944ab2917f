using Gantral.Abstractions.Authority;
using Gantral.Bench.Running;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;

namespace Gantral.Bench.Transitions;

/// <summary>Durable transitions through grains, against what the database alone can do.</summary>
internal sealed class InProcessCase : IBenchCase
{
    private const int InFlight = 256;

    /// <inheritdoc/>
    public string Name => "transitions-inproc";

    /// <inheritdoc/>
    public string About => "durable transitions per second through grains, 256 requests in flight, one silo and one log, against the same rows in batches of the same size on one connection with nothing else around.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, "inproc");
        await using var silo = await database.OpenAsync();
        await GrainLives.RegisterAsync(silo.Host);

        run.Say($"{Name}: warming up");
        var lives = new GrainLives();
        await lives.LiveAsync(silo.Host, InFlight, run.Quick ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(10));
        var rows = await LastLifeAsync(database, silo);
        var ceiling = new RawCeiling(database.Serving, rows);
        await using var firstTry = new FirstTry(database, rows);
        await firstTry.BeginAsync();
        var (figures, ceilings, firstTries, batches, allocated) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var time = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(6);
        await ceiling.WriteAsync(InFlight / 2, TimeSpan.FromSeconds(1));
        await firstTry.WriteAsync(TimeSpan.FromSeconds(1));
        var measured = new GrainLives();
        for (var round = 1; round <= run.Rounds; round++)
        {
            var before = await BatchesAsync(database);
            var allocatedBefore = GC.GetTotalAllocatedBytes();
            var (made, seconds) = await measured.LiveAsync(silo.Host, InFlight, time);
            allocated.Add((GC.GetTotalAllocatedBytes() - allocatedBefore) / 1024.0 / made);
            batches.Add((double)made / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife / (await BatchesAsync(database) - before));
            figures.Add(made / seconds);
            var (written, wrote) = await ceiling.WriteAsync((int)Math.Round(batches[^1]), time);
            ceilings.Add(written / wrote);
            var (tried, took) = await firstTry.WriteAsync(time);
            firstTries.Add(tried / took);
            run.Say(string.Create(null, $"{Name}: round {round} of {run.Rounds}: {figures[^1]:N0} of at most {ceilings[^1]:N0} per second, {batches[^1]:N0} commits to a batch; {firstTries[^1]:N0} with a transaction for each"));
        }

        await firstTry.DisposeAsync();
        await database.VerifyAsync(run);
        return
        [
            new CaseResult(Name, Samples.Median(figures), "transitions/s")
            {
                Ceiling = Samples.Median(ceilings),
                Reach = "≥ 0.5",
                P50 = Samples.Median(measured.Milliseconds),
                P99 = Samples.Percentile(measured.Milliseconds, 99),
                Notes = [string.Create(null, $"{Samples.Median(batches):N0} commits to a batch; {Samples.Median(allocated):N1} KiB allocated for a transition; p50 and p99 are of one request, from asking to durable")],
            },
            new CaseResult($"{Name} (first try)", Samples.Median(figures), "transitions/s")
            {
                Ceiling = Samples.Median(firstTries),
                Reach = "≥ 3",
                Notes = ["against what anybody would write first: a transaction for each commit, sixteen connections, the same rows, a signed head each; nobody there rules or reads an instance"],
            },
        ];
    }

    private static Task<long> BatchesAsync(BenchDatabase database) => database.CountAsync("SELECT count(*) FROM checkpoint WHERE log_id = 1");

    // The rows of a life as it was just written, commit by commit.
    private static async Task<Func<short, ReadyRows>> LastLifeAsync(BenchDatabase database, BenchSilo silo)
    {
        var last = await database.CountAsync("SELECT max(position) FROM entry WHERE log_id = 1");
        var completed = (await silo.Ledger.Entries.OfLogAsync(1, last - 2_000, 2_000)).Select(entry => entry.Sealed).Last(entry => entry.Entry.Type == EventType.Completed);
        var entries = await silo.Ledger.ReadAsync(completed.Entry.Subject);
        var life = entries.GroupBy(entry => entry.Entry.CommandId).Select(IReadOnlyList<SealedEntry> (commit) => [.. commit]).ToList();
        return log => new ReadyRows(log, life, entries.Aggregate((Instance?)null, InstanceFold.Apply)!);
    }
}
