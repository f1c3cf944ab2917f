using System.Collections.Concurrent;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Grains.Tests.Model;

/// <summary>The core against a second state machine, and what it wrote against the verifier.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    private const int LivesPerLog = 100;
    private const int LogsPerVerifiedLog = 10;

    private static int Logs => Scale.Rounds(100, 10_000);

    [Fact]
    public void The_core_and_the_model_say_the_same_to_everything_and_the_verifier_believes_the_core()
    {
        var seed = Scale.Take(output.WriteLine);
        var seen = new ConcurrentDictionary<string, int>();
        Parallel.For(0, Logs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number => PlayLog(seed, number, seen));

        foreach (var (what, count) in seen.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,9} {what}");
        }

        // A random test that never comes somewhere proves nothing about it.
        var expected = Enum.GetValues<EventType>().TakeWhile(type => type != EventType.WorkflowRegistered).Select(WireName.Of)
            .Concat(Enum.GetValues<Reason>().Select(reason => $"TERMINATED({WireName.Of(reason)})"))
            .Concat(["VALID", "VALID open", "instance VALID", "instance open", "by delegation"]);
        Assert.All(expected, what => Assert.True(seen.ContainsKey(what), $"no play came to {what}; {Scale.Repeat(seed)}"));
    }

    private static void PlayLog(int seed, int number, ConcurrentDictionary<string, int> seen)
    {
        var log = Stage.Log();
        var plays = Enumerable.Range(0, LivesPerLog).Select(play => new Play(log, seed, (number * LivesPerLog) + play).Run()).ToList();
        foreach (var entry in plays.SelectMany(play => play.Entries).Select(entry => entry.Entry))
        {
            Count(seen, WireName.Of(entry.Type));
            if (entry is { Type: EventType.Terminated, Reason: { } reason })
            {
                Count(seen, $"TERMINATED({WireName.Of(reason)})");
            }

            if (entry.Decision?.Delegation is not null)
            {
                Count(seen, "by delegation");
            }
        }

        if (number % LogsPerVerifiedLog == 0)
        {
            LogVerdict.Check(log, plays, what => Count(seen, what), Scale.Repeat(seed));
        }
    }

    private static void Count(ConcurrentDictionary<string, int> seen, string what) => seen.AddOrUpdate(what, 1, (_, count) => count + 1);
}
