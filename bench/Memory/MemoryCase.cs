using Gantral.Bench.Http;
using Gantral.Bench.Running;

namespace Gantral.Bench.Memory;

/// <summary>What a silo needs to keep very many instances at hand.</summary>
internal sealed class MemoryCase : IBenchCase
{
    private const int AllowedMiB = 400;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public string About => "MiB that the process of a whole silo takes when 100,000 instances that wait for a person (10,000 with --quick) were made over HTTP, all of them still at hand, against what it may take.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        var lives = run.Quick ? 10_000 : 100_000;
        await using var silo = await WholeSilo.StartAsync(Path.Combine(run.Folder, "memory"));
        await silo.RegisterAsync();
        await using var load = await HttpLoadProcess.StartAsync(silo.Address, silo.Token("agent-7", "workload", "gantral.operator", "gantral.runner"), silo.Token("alice", "human", "release-manager"));
        var (empty, most) = (silo.Memory().Now, 0.0);
        for (var made = 0; made < lives; made += lives / 10)
        {
            var perSecond = await load.LetWaitAsync(lives / 10);
            (var now, most) = silo.Memory();
            run.Say(string.Create(null, $"{Name}: {made + (lives / 10):N0} wait: {now:N0} MiB, at most {most:N0} so far; {perSecond:N0} transitions per second"));
        }

        return
        [
            new CaseResult(Name, silo.Memory().Now, "MiB")
            {
                Ceiling = AllowedMiB,
                Reach = "≤ 1",
                LowerIsBetter = true,
                Notes = [string.Create(null, $"{empty:N0} MiB before the first of them, at most {most:N0} MiB while they were made")],
            },
        ];
    }
}
