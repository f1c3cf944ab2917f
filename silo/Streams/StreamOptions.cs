using Gantral.Silo.Ledger;
using Gantral.Silo.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Streams;

/// <summary>How a silo follows the logs for those who listen, and how much it keeps for them.</summary>
internal sealed record StreamOptions
{
    /// <summary>How a silo connects: the serving login.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How many entries may wait for one reader who does not take them; whoever has more is cut off.</summary>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>How many bytes of entries may wait for one reader.</summary>
    public int QueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many entries are kept for those who come back.</summary>
    public int RecentLimit { get; init; } = 8192;

    /// <summary>How many bytes of entries are kept for those who come back.</summary>
    public int RecentBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>For how long, after it was given something, a reader's next entries are gathered.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>How many entries are read in one transaction.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Counts time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The database's time, by which entries are made; none where it is of no interest how long they are on their way.</summary>
    public DatabaseClock? Clock { get; init; }

    /// <summary>Where it is counted how long that is.</summary>
    public SiloMeasures Measures { get; init; } = new(TimeProvider.System);

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
