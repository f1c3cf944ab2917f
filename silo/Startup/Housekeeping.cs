using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>What a silo does by and by, whether anybody asks or not. Several silos may do it at once.</summary>
internal sealed class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public Housekeeping(KeyAgeing keys, ILogger logger) => _work = WorkAsync(keys, logger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync(KeyAgeing keys, ILogger logger)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await keys.RunAsync(cancellation: _stop.Token);
                }
                catch (LedgerUnavailableException away)
                {
                    // The next round comes.
                    StartupLog.HousekeepingPutOff(logger, away.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
