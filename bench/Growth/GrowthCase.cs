using System.Collections.Immutable;
using System.Diagnostics;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Projections;

namespace Gantral.Bench.Growth;

/// <summary>What age costs: the same work on a log of ten million entries and on a young one.</summary>
internal sealed class GrowthCase : IBenchCase
{
    private const int InFlight = 256;
    private const int PageSize = 50;

    /// <inheritdoc/>
    public string Name => "growth";

    /// <inheritdoc/>
    public string About => "microseconds per durable transition, milliseconds to start, to list and to read, and timers per second, on a log of ten million entries (500,000 with --quick), against one of 100,000, in turns.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var young = await BenchDatabase.MakeAsync(run, "young");
        await using var old = await BenchDatabase.MakeAsync(run, "old");
        await GrownLog.GrowAsync(run, young, 100_000);
        await GrownLog.GrowAsync(run, old, run.Quick ? 500_000 : 10_000_000);
        var (starts, timers) = (await StartsAsync(run, young, old), await TimersAsync(run, young, old));
        IReadOnlyList<CaseResult> results = [.. await WorkAsync(run, young, old), starts, timers];
        await young.VerifyAsync(run);
        await old.VerifyAsync(run);
        return results;
    }

    private async Task<CaseResult> StartsAsync(BenchRun run, BenchDatabase young, BenchDatabase old)
    {
        var (figures, ceilings) = (new List<double>(), new List<double>());
        await StartAsync(young);
        for (var round = 1; round <= run.Rounds; round++)
        {
            figures.Add(await StartAsync(old));
            ceilings.Add(await StartAsync(young));
        }

        return Result("to open the log", figures, ceilings, "ms");
    }

    private static async Task<double> StartAsync(BenchDatabase database)
    {
        var start = Stopwatch.GetTimestamp();
        await using var silo = await database.OpenAsync();
        await GrainLives.LiveOnceAsync(silo.Host, GrainLives.Deploy("payments"), []);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private async Task<CaseResult> TimersAsync(BenchRun run, BenchDatabase young, BenchDatabase old)
    {
        var (figures, ceilings) = (new List<double>(), new List<double>());
        for (var round = 1; round <= (run.Quick ? 1 : 3); round++)
        {
            figures.Add(await FireAsync(run, old));
            ceilings.Add(await FireAsync(run, young));
            run.Say(string.Create(null, $"{Name}: {figures[^1]:N0} timers per second on the old log, {ceilings[^1]:N0} on the young one"));
        }

        return Result("timers", figures, ceilings, "timers/s") with { LowerIsBetter = false, Reach = "≥ 0.87" };
    }

    private static async Task<double> FireAsync(BenchRun run, BenchDatabase database)
    {
        var waiting = new WaitingLives();
        await using (var silo = await database.OpenAsync(waiting))
        {
            await WaitingLives.RegisterAsync(silo.Host);
        }

        return (await new OverdueTimers(database, waiting).FireAsync(run.Quick ? 5_000 : 30_000, TimeSpan.FromSeconds(1))).Timers;
    }

    private async Task<IEnumerable<CaseResult>> WorkAsync(BenchRun run, BenchDatabase young, BenchDatabase old)
    {
        await using var youngSilo = await young.OpenAsync();
        await using var oldSilo = await old.OpenAsync();
        var time = run.Quick ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(6);
        await CostAsync(youngSilo, time);
        await CostAsync(oldSilo, time);
        var (figures, ceilings) = (new List<double>(), new List<double>());
        for (var round = 1; round <= run.Rounds; round++)
        {
            figures.Add(await CostAsync(oldSilo, time));
            ceilings.Add(await CostAsync(youngSilo, time));
            run.Say(string.Create(null, $"{Name}: round {round} of {run.Rounds}: {figures[^1]:N1} µs per transition on the old log, {ceilings[^1]:N1} on the young one"));
        }

        return
        [
            Result(null, figures, ceilings, "µs/transition"),
            await ReadAsync(run, youngSilo, oldSilo, "newest instances", (reader, _) => reader.ListAsync(new InstanceFilter(["payments"], PageSize)).AsTask()),
            await ReadAsync(run, youngSilo, oldSilo, "older page", (reader, id) => reader.ListAsync(new InstanceFilter(["payments"], PageSize) { Below = id }).AsTask()),
            await ReadAsync(run, youngSilo, oldSilo, "inbox", (reader, _) => reader.PendingAsync(new WaitingFilter(["payments"], ["release-manager"], PageSize, null)).AsTask()),
            await ReadAsync(run, youngSilo, oldSilo, "one instance", (reader, id) => reader.HistoryAsync(id, 0, 100).AsTask()),
        ];
    }

    private static async Task<double> CostAsync(BenchSilo silo, TimeSpan time)
    {
        var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, InFlight, time);
        return seconds * 1_000_000 / made;
    }

    private async Task<CaseResult> ReadAsync<T>(BenchRun run, BenchSilo young, BenchSilo old, string what, Func<InstanceReader, Guid, Task<T>> read)
    {
        var (figures, ceilings) = (new List<double>(), new List<double>());
        var (youngIds, oldIds) = (await SomeIdsAsync(young), await SomeIdsAsync(old));
        for (var round = 0; round < (run.Quick ? 200 : 1_000); round++)
        {
            figures.Add(await TimeAsync(old, oldIds[round % oldIds.Length], read));
            ceilings.Add(await TimeAsync(young, youngIds[round % youngIds.Length], read));
        }

        return Result(what, figures, ceilings, "ms") with { P50 = Samples.Median(figures), P99 = Samples.Percentile(figures, 99) };
    }

    private static async Task<double> TimeAsync<T>(BenchSilo silo, Guid id, Func<InstanceReader, Guid, Task<T>> read)
    {
        var reader = new InstanceReader(silo.Ledger.Source, silo.Ledger.Entries);
        var start = Stopwatch.GetTimestamp();
        await read(reader, id);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Spread over the whole of the log, as auditors and deep links ask for them.
    private static async Task<ImmutableArray<Guid>> SomeIdsAsync(BenchSilo silo)
    {
        await using var command = silo.Ledger.Source.CreateCommand(
            """
            SELECT DISTINCT subject FROM (
                SELECT (random() * (SELECT max(position) FROM entry WHERE log_id = 1))::bigint AS position FROM generate_series(1, 1000)) AS chosen
            JOIN entry ON entry.log_id = 1 AND entry.position = chosen.position
            WHERE EXISTS (SELECT FROM instance WHERE instance.log_id = 1 AND instance_id = subject)
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var ids = ImmutableArray.CreateBuilder<Guid>();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetGuid(0));
        }

        return ids.ToImmutable();
    }

    private CaseResult Result(string? what, List<double> figures, List<double> ceilings, string unit) => new(what is null ? Name : $"{Name} ({what})", Samples.Median(figures), unit)
    {
        Ceiling = Samples.Median(ceilings),
        Reach = "≤ 1.15",
        LowerIsBetter = true,
    };
}
