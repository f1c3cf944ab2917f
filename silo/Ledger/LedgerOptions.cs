using System.Collections.Immutable;
using Gantral.Evidence.Log;
using Gantral.Silo.Schema;
using Gantral.Silo.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Ledger;

/// <summary>What a ledger writes to, who signs, and how much may wait.</summary>
public sealed record LedgerOptions
{
    /// <summary>How a silo connects: a login that can insert evidence and not change it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The logs and who signs their heads, by number.</summary>
    public required ImmutableSortedDictionary<int, LogSigner> Logs { get; init; }

    /// <summary>Where the newest heads are remembered outside the database, if anywhere.</summary>
    public KnownHeads? KnownHeads { get; init; }

    /// <summary>Which logs had another name before.</summary>
    public ImmutableArray<LogReopening> Reopenings { get; init; } = [];

    /// <summary>How many commits may wait for one log; more are refused as overloaded.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>How many commits one transaction takes at most.</summary>
    public int BatchLimit { get; init; } = 512;

    /// <summary>How many bytes one commit may have.</summary>
    public int CommitBytes { get; init; } = 1024 * 1024;

    /// <summary>How old an entry may be when it is written. Entries say when they were made; what waited for longer is decided again, so that the log's time does not run backwards.</summary>
    public TimeSpan OldestEntries { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Brings a private server up again; called when it cannot be reached.</summary>
    public Func<Task>? Revive { get; init; }

    /// <summary>Counts the time between two looks at the database's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where it is counted what is committed.</summary>
    internal SiloMeasures Measures { get; init; } = new(TimeProvider.System);

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
