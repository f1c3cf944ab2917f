using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>The rooms behind the gateway, as the verbs of this program need them.</summary>
internal sealed record Rooms
{
    /// <summary>Opens the grains on their ledger; brings the schema of an embedded database up to date first.</summary>
    public required Func<Databases, SiloSettings, ILoggerFactory, CancellationToken, Task<IExecutionCore>> OpenCore { get; init; }

    /// <summary>Brings the schema up to date, as its owner.</summary>
    public required Func<Databases, SiloSettings, ILoggerFactory, CancellationToken, Task> Migrate { get; init; }

    /// <summary>Has the logs go on under a new name, as their owner.</summary>
    public required Func<Databases, SiloSettings, ILoggerFactory, CancellationToken, Task> Reopen { get; init; }

    /// <summary>Makes the projections anew from the entries.</summary>
    public required Func<Databases, ILoggerFactory, CancellationToken, Task> Rebuild { get; init; }

    /// <summary>Those of this program.</summary>
    public static Rooms OfThisSilo { get; } = new()
    {
        OpenCore = LedgerCore.OpenAsync,
        Migrate = LedgerCore.MigrateAsync,
        Reopen = LedgerCore.ReopenAsync,
        Rebuild = LedgerCore.RebuildAsync,
    };
}
