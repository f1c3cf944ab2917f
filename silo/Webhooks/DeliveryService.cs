using Gantral.Silo.Ledger;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>
/// Tells whoever subscribed what was written to the logs. Every silo with the role worker runs one; each subscription
/// is delivered by one of them at a time, and by another one when that is gone. A receiver that fails holds up its own
/// subscription alone.
/// </summary>
internal sealed class DeliveryService : BackgroundService
{
    private readonly WebhookOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly DeliveryLeases _leases;
    private readonly WebhookSender _sender;
    private readonly SubscriptionDelivery _delivery;
    private readonly HashSet<Task> _underWay = [];
    private readonly StorageOutage _outage;

    /// <summary>Makes the service of a silo.</summary>
    /// <param name="options">How it delivers.</param>
    /// <param name="clock">The clock of the silo's ledger: messages carry the database's time.</param>
    public DeliveryService(WebhookOptions options, DatabaseClock clock)
    {
        _options = options;
        _outage = new StorageOutage(why => WebhookLog.StorageAway(options.Logger, why), () => WebhookLog.StorageBack(options.Logger));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = 5,
            CommandTimeout = 5,
            MaxPoolSize = 8,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            // Nobody changes a session, and to have each one cleared costs as much as a short look.
            NoResetOnClose = true,
            Options = "-c enable_seqscan=off -c statement_timeout=4000",
        });
        _leases = new DeliveryLeases(_source, options);
        _sender = new WebhookSender(options);
        _delivery = new SubscriptionDelivery(options, _leases, new DeliveryCursors(_source), new DeadLetters(_source), new EntryTail(_source), new EntryMessage(options, clock), _sender);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _sender.Dispose();
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
                await TakeUpAsync(stoppingToken);
                await UntilThereMayBeMoreAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever is being told something is told it to the end; what is left is for the other silos.
        }

        await Task.WhenAll(_underWay);
    }

    private async Task TakeUpAsync(CancellationToken stop)
    {
        _underWay.RemoveWhere(delivery => delivery.IsCompleted);
        if (_underWay.Count >= _options.MostAtOnce)
        {
            return;
        }

        try
        {
            foreach (var held in await _leases.ClaimAsync(_options.MostAtOnce - _underWay.Count))
            {
                _underWay.Add(_delivery.DeliverAsync(held, stop));
            }

            _outage.Over();
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            _outage.Met(fault);
        }
    }

    // Looks at the heads every so often, and as soon as a delivery has ended. Whoever must hear sooner follows a stream.
    private async Task UntilThereMayBeMoreAsync(CancellationToken stop)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny([Task.Delay(_options.LongestSleep, _options.Time, woken.Token), .. _underWay]);
        await woken.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }
}
