using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Reminders;

/// <summary>How a silo fires timers.</summary>
public sealed record ReminderOptions
{
    /// <summary>How a silo connects: the serving login.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How many timers are taken at once; three times as many are fired at the same time where so many are due.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>How long a silo that sees nothing due waits before it looks again.</summary>
    public TimeSpan LongestSleep { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After how long the timers that a silo took and did not fire are anybody's again.</summary>
    public TimeSpan ClaimedFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Is told of each timer that fired how late it was.</summary>
    public Action<TimeSpan>? Fired { get; init; }

    /// <summary>Counts the time between two looks.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
