using Gantral.Grains.Schedules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Triggers;

/// <summary>How a silo fires schedules.</summary>
internal sealed record ScheduleOptions
{
    /// <summary>How a silo connects: the serving login.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The clocks on the walls of the world.</summary>
    public ITimeZones Zones { get; init; } = new MachineZones();

    /// <summary>How long a silo waits before it looks again.</summary>
    public TimeSpan LongestSleep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Counts the time between two looks.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
