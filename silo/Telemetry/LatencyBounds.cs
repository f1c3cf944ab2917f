using System.Collections.Immutable;

namespace Gantral.Silo.Telemetry;

/// <summary>By which steps it is counted how long something took.</summary>
internal static class LatencyBounds
{
    /// <summary>The upper ends of the steps in milliseconds; what took longer than the last one is counted after it.</summary>
    public static ImmutableArray<double> Milliseconds { get; } = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500];

    /// <summary>The step that a time belongs to.</summary>
    public static int StepOf(TimeSpan took)
    {
        var bounds = Milliseconds.AsSpan();
        var step = 0;
        while (step < bounds.Length && took.TotalMilliseconds > bounds[step])
        {
            step++;
        }

        return step;
    }
}
