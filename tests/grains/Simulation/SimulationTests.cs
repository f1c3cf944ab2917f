using Gantral.Abstractions.Refusals;
using Gantral.Grains.Instances;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>Whatever dies, is late, or is said twice: what was acknowledged is there once, and the log is VALID.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static int Rounds => Scale.Rounds(200, 20_000);

    [Fact]
    public async Task Every_history_keeps_what_was_promised()
    {
        // Nothing may go on behind the simulation's back.
        SynchronizationContext.SetSynchronizationContext(null);
        var seed = Scale.Take(output.WriteLine);
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            await RunAsync(unchecked(seed + round), what => seen[what] = seen.GetValueOrDefault(what) + 1);
        }

        foreach (var (what, count) in seen)
        {
            output.WriteLine($"{count,9} {what}");
        }

        // A simulation in which nothing goes wrong proves nothing.
        var expected = Enum.GetValues<LedgerFault>().Select(fault => $"ledger: {fault}")
            .Concat(["carried out", "carried out before", "unanswered", "silo killed", "evidence failure"])
            .Concat(new[] { RefusalCode.StorageUnavailable, RefusalCode.IdempotencyConflict, RefusalCode.InvalidTransition, RefusalCode.EvidenceFailure }.Select(code => code.ToString()));
        Assert.All(expected, what => Assert.True(seen.ContainsKey(what), $"nothing came to {what}; {Scale.Repeat(seed)}"));
    }

    [Fact]
    public async Task The_same_seed_is_the_same_history()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var seed = Scale.Take(output.WriteLine);

        Assert.Equal((await RunAsync(seed, _ => { })).Log.Head().Root, (await RunAsync(seed, _ => { })).Log.Head().Root);
    }

    private static async Task<House> RunAsync(int seed, Action<string> count)
    {
        var house = await House.OpenAsync(seed % 2 == 0 ? OnStorageFailure.Refuse : OnStorageFailure.Terminate, seed);
        var simulation = new Simulation(seed, house, count);
        try
        {
            await simulation.RunAsync();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new XunitException($"{fault.Message}\n{string.Join('\n', simulation.Operations)}\n{Scale.Repeat(seed)}", fault);
        }

        return house;
    }
}
