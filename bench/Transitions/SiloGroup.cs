namespace Gantral.Bench.Transitions;

/// <summary>Silo processes that work on one database at the same time.</summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    private readonly BenchDatabase _database;
    private readonly SiloProcess[] _silos;

    private SiloGroup(BenchDatabase database, SiloProcess[] silos) => (_database, _silos) = (database, silos);

    /// <summary>How many transitions per second, and how many commits went into one transaction.</summary>
    public readonly record struct Rate(double Transitions, double CommitsToABatch);

    public static async Task<SiloGroup> StartAsync(BenchDatabase database, string keyFile, int silos, int inFlight) =>
        new(database, await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => SiloProcess.StartAsync(database, keyFile, inFlight / silos))).ConfigureAwait(false));

    /// <summary>Lives for a time.</summary>
    public async Task<Rate> LiveAsync(TimeSpan time)
    {
        var before = await BatchesAsync().ConfigureAwait(false);
        var transitions = (await Task.WhenAll(_silos.Select(silo => silo.LiveAsync(time))).ConfigureAwait(false)).Sum();
        var commits = transitions * time.TotalSeconds / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife;
        return new Rate(transitions, commits / (await BatchesAsync().ConfigureAwait(false) - before));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<long> BatchesAsync() => _database.CountAsync("SELECT count(*) FROM checkpoint");
}
