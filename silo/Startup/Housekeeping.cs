using Gantral.Grains.Ledger;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Startup;

/// <summary>What a silo does again and again, whether anybody asks or not. Several silos may do it at once.</summary>
internal sealed class Housekeeping : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public Housekeeping(TimeSpan pause, Func<CancellationToken, Task> work, ILogger logger) => _work = WorkAsync(pause, work, logger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync(TimeSpan pause, Func<CancellationToken, Task> work, ILogger logger)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await work(_stop.Token);
                }
                catch (LedgerUnavailableException away)
                {
                    // The next round comes.
                    StartupLog.HousekeepingPutOff(logger, away.Message);
                }
                catch (InvalidDataException wrong)
                {
                    // What is stored is not what was signed; whoever verifies is told so in full.
                    StartupLog.HousekeepingPutOff(logger, wrong.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
