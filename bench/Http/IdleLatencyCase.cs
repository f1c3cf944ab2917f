using System.Diagnostics;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Npgsql;

namespace Gantral.Bench.Http;

/// <summary>How long one caller waits for one transition over HTTP while nobody else asks, against one row that is made durable.</summary>
internal sealed class IdleLatencyCase : IBenchCase
{
    /// <inheritdoc/>
    public string Name => "idle-latency";

    /// <inheritdoc/>
    public string About => "milliseconds for one durable transition over HTTP on an idle silo, the start of an instance, against a prepared insert of one row in the same database.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, "idle");
        await using var silo = await database.OpenAsync();
        await GrainLives.RegisterAsync(silo.Host);
        await using var gateway = await BenchGateway.OpenAsync(database, silo);
        await using var load = await HttpLoadProcess.StartAsync(gateway);
        await using var bare = new NpgsqlConnection(database.Owner);
        await bare.OpenAsync();
        await using var insert = await PrepareAsync(bare);

        run.Say($"{Name}: warming up");
        var count = run.Quick ? 200 : 500;
        await load.StartAsync(3 * count);
        await InsertAsync(insert, count);
        await GrainsAsync(silo, count);
        var (figures, creations, ceilings, grains) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= run.Rounds; round++)
        {
            var (starts, creates) = await load.StartAsync(count);
            figures.AddRange(starts);
            creations.AddRange(creates);
            ceilings.AddRange(await InsertAsync(insert, count));
            grains.AddRange(await GrainsAsync(silo, count / 2));
            run.Say(string.Create(null, $"{Name}: round {round} of {run.Rounds}: {Samples.Median(figures):N2} ms over HTTP, {Samples.Median(ceilings):N2} ms bare"));
        }

        await database.VerifyAsync(run);
        return
        [
            new CaseResult(Name, Samples.Median(figures), "ms")
            {
                Ceiling = Samples.Median(ceilings),
                Reach = "≤ 5",
                LowerIsBetter = true,
                P50 = Samples.Median(figures),
                P99 = Samples.Percentile(figures, 99),
                Notes = [string.Create(null, $"a creation takes {Samples.Median(creations):N2} ms, and {Samples.Median(grains):N2} ms through the grains of the same silo without HTTP")],
            },
        ];
    }

    private static async Task<List<double>> GrainsAsync(BenchSilo silo, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var caller = GrainLives.By(GrainLives.Agent);
            var start = Stopwatch.GetTimestamp();
            var reply = await silo.Host.Instance(silo.Host.NewInstanceId(caller.Key)).CreateAsync(caller, GrainLives.Deploy("payments") with { Start = false });
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (reply.Refusal is { } refusal)
            {
                throw new WrongAnswerException($"nothing was created: {refusal.Message}");
            }
        }

        return times;
    }

    // As many bytes as an entry has, and nothing to look at before.
    private static async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection)
    {
        await using (var create = new NpgsqlCommand("CREATE TABLE bare (id uuid PRIMARY KEY, bytes bytea NOT NULL)", connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        var insert = new NpgsqlCommand("INSERT INTO bare (id, bytes) VALUES ($1, $2)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = Guid.Empty }, new NpgsqlParameter { Value = new byte[700] } },
        };
        await insert.PrepareAsync();
        return insert;
    }

    private static async Task<List<double>> InsertAsync(NpgsqlCommand insert, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            insert.Parameters[0].Value = Guid.CreateVersion7();
            var start = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }
}
