using System.Collections.Immutable;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Ledger;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Overview;

/// <summary>How everything stands, by the projections, and what this silo measured.</summary>
internal sealed class LiveOverview : IOverview
{
    private readonly PostgresLedger _ledger;
    private readonly SharedLook _look;

    /// <summary>Makes the overview of a silo.</summary>
    /// <param name="ledger">Whose projections are counted.</param>
    /// <param name="queues">The work that runners fetch.</param>
    /// <param name="time">How old a look is.</param>
    public LiveOverview(PostgresLedger ledger, IWorkQueues queues, TimeProvider time)
    {
        _ledger = ledger;
        var reader = new OverviewReader(ledger.Source, ledger.Clock);
        _look = new SharedLook(async teams => await reader.ReadAsync(teams) with { Queues = await queues.ListAsync(teams) }, time);
    }

    /// <summary>What is followed here.</summary>
    public EntryStreams? Streams { get; init; }

    /// <inheritdoc/>
    public SiloFigures Here => new(_ledger.Measures.Recent, _ledger.Waiting, Streams?.Listeners ?? 0, Streams?.Behind ?? 0);

    /// <inheritdoc/>
    public ValueTask<OverviewFigures> OfAsync(ImmutableArray<string> teams) => _look.OfAsync(teams);
}
