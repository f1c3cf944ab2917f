using Gantral.Abstractions.Grains;
using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gantral.Silo.Triggers;

/// <summary>
/// Starts workflows by the clock. Every silo with the role worker runs one, and they need not know of each other: the
/// same firing under the same key creates one instance, whoever comes first.
/// </summary>
internal sealed class ScheduleService : BackgroundService
{
    private readonly ScheduleOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly TriggerRows _rows;
    private readonly TriggerReading _reading;
    private readonly ScheduleFiring _firing;
    private readonly StorageOutage _outage;

    /// <summary>Makes the service of a silo.</summary>
    /// <param name="options">How it fires.</param>
    /// <param name="grains">Where workflows and instances are reached.</param>
    /// <param name="newInstanceId">The id of an instance that a command creates: the same key, the same log.</param>
    public ScheduleService(ScheduleOptions options, IGrains grains, Func<CommandKey, Guid> newInstanceId)
    {
        _options = options;
        _outage = new StorageOutage(why => ScheduleLog.StorageAway(options.Logger, why), () => ScheduleLog.StorageBack(options.Logger));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = 5,
            CommandTimeout = 5,
            MaxPoolSize = 2,
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 2,
            // Nobody changes a session, and to have each one cleared costs as much as a short look.
            NoResetOnClose = true,
            Options = "-c enable_seqscan=off -c statement_timeout=4000",
        });
        _rows = new TriggerRows(_source);
        _reading = new TriggerReading(_rows, grains, options.Zones, options.Logger);
        _firing = new ScheduleFiring(_rows, grains, newInstanceId, options.Zones, options.Logger);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _source.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await GoRoundAsync(stoppingToken);
                await Task.Delay(_options.LongestSleep, _options.Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is due stays due, for the other silos or for the next start.
        }
    }

    private async Task GoRoundAsync(CancellationToken stop)
    {
        try
        {
            await _reading.RunAsync(stop);
            foreach (var due in await _rows.DueAsync(stop))
            {
                await FireAsync(due);
                stop.ThrowIfCancellationRequested();
            }

            _outage.Over();
        }
        catch (Exception fault) when (StorageFault.Is(fault) || fault is LedgerUnavailableException)
        {
            _outage.Met(fault);
        }
    }

    // One that cannot be fired holds up none of the others.
    private async Task FireAsync(DueSchedule due)
    {
        try
        {
            await _firing.FireAsync(due);
        }
        catch (Exception fault) when (!StorageFault.Is(fault) && fault is not LedgerUnavailableException)
        {
            ScheduleLog.Unforeseen(_options.Logger, due.WorkflowId, due.WorkflowVersion, fault);
        }
    }
}
