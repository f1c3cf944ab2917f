using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gantral.Silo.Reminders;

/// <summary>
/// Fires the timers of all logs. Every silo with the role worker runs one, and they share the work without knowing of
/// each other: what one takes the others leave alone for a while, and what it does not fire comes back to all.
/// </summary>
public sealed class ReminderService : BackgroundService
{
    // With nothing to fire although something is due, others are at it: look again soon, but not at once.
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    // A look that took longer says too little about what time it is now.
    private static readonly TimeSpan PromptLook = DatabaseClock.Tolerance / 4;

    private const int BatchesAtOnce = 3;

    private readonly ReminderOptions _options;
    private readonly DatabaseClock _clock;
    private readonly NpgsqlDataSource _source;
    private readonly TimerClaims _claims;
    private readonly TimerFiring _firing;
    private readonly StorageOutage _outage;

    /// <summary>Makes the service of a silo.</summary>
    /// <param name="options">How it fires timers.</param>
    /// <param name="grains">Where instances are reached.</param>
    /// <param name="clock">The clock of the silo's ledger, which each look sets right.</param>
    public ReminderService(ReminderOptions options, IGrains grains, DatabaseClock clock)
    {
        (_options, _clock) = (options, clock);
        _outage = new StorageOutage(why => ReminderLog.StorageAway(options.Logger, why), () => ReminderLog.StorageBack(options.Logger));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = 5,
            CommandTimeout = 5,
            MaxPoolSize = 4,
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 2,
            // Nobody changes a session, and to have each one cleared costs as much as a short look.
            NoResetOnClose = true,
            Options = TimerClaims.Settings,
        });
        _claims = new TimerClaims(_source, options.ClaimedFor);
        _firing = new TimerFiring(options, _claims, grains);
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
                await Task.Delay(await GoRoundAsync(stoppingToken), _options.Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was taken was fired; everything else is for the other silos, or for the next start.
        }
    }

    // Fires what is due, and answers how long there is nothing to do.
    private async Task<TimeSpan> GoRoundAsync(CancellationToken stop)
    {
        try
        {
            var (now, next) = await LookAsync(stop);
            var fired = next <= now && await FireDueAsync(stop);
            _outage.Over();
            var pause = fired ? TimeSpan.Zero : next?.Since(now) ?? _options.LongestSleep;
            return fired ? pause : TimeSpan.FromTicks(Math.Clamp(pause.Ticks, ShortestSleep.Ticks, _options.LongestSleep.Ticks));
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            _outage.Met(fault);
            return _options.LongestSleep;
        }
    }

    private async Task<(Instant Now, Instant? Next)> LookAsync(CancellationToken stop)
    {
        var before = _options.Time.GetTimestamp();
        var look = await _claims.LookAsync(stop);

        // A silo that commits nothing hears the database's time here, and would else find nothing due after it was set.
        if (_options.Time.GetElapsedTime(before) < PromptLook)
        {
            _clock.Observe(look.Now);
        }

        return look;
    }

    // A few batches are under way at a time, so that whoever is slowest holds up only its own; what was taken is fired
    // also when the silo stops.
    private async Task<bool> FireDueAsync(CancellationToken stop)
    {
        var (any, underWay) = (false, new Queue<Task<bool[]>>());
        try
        {
            for (var more = true; more && !stop.IsCancellationRequested;)
            {
                if (underWay.Count == BatchesAtOnce)
                {
                    any |= (await underWay.Dequeue()).Contains(true);
                }

                var batch = await _claims.ClaimAsync(_options.BatchSize);
                underWay.Enqueue(Task.WhenAll(batch.Select(_firing.FireAsync)));
                more = batch.Count == _options.BatchSize;
            }
        }
        finally
        {
            any |= (await Task.WhenAll(underWay)).Any(fired => fired.Contains(true));
        }

        return any;
    }
}
