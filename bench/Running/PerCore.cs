using System.Diagnostics;

namespace Gantral.Bench.Running;

/// <summary>
/// Rates per second of processor time. The time of all threads counts, so a collector or compiler that works beside
/// is paid for, and a neighbour who takes the processor away is not.
/// </summary>
internal static class PerCore
{
    /// <summary>Does something once to warm up and then in rounds, each time beside its ceiling; answers the two median rates.</summary>
    public static (double Figure, double Ceiling) Rates(BenchRun run, string name, long count, Action work, Action ceiling)
    {
        run.Say($"{name}: warming up");
        work();
        ceiling();
        var (figures, ceilings) = (new List<double>(), new List<double>());
        for (var round = 1; round <= run.Rounds; round++)
        {
            figures.Add(count / Seconds(work));
            ceilings.Add(count / Seconds(ceiling));
            run.Say(string.Create(null, $"{name}: round {round} of {run.Rounds}: {figures[^1]:N0} of at most {ceilings[^1]:N0} per second"));
        }

        return (Samples.Median(figures), Samples.Median(ceilings));
    }

    /// <summary>The processor time of some work.</summary>
    public static double Seconds(Action work)
    {
        // Otherwise one round pays for the garbage of the one before.
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>The wall time of each of many operations, in milliseconds.</summary>
    public static double[] Milliseconds(int count, Action operation)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            operation();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }
}
