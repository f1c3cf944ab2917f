using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Queues;

/// <summary>
/// Finds work whose runner has not been heard of for longer than its lease. Another runner may have it, as often as its
/// workflow says; after that the instance ends. Every silo with the role worker runs one.
/// </summary>
internal sealed class LostRunners(NpgsqlDataSource source, IGrains grains, TimeProvider time, ILogger logger) : BackgroundService
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Whoever took lost work to end it, and died, leaves it to the next after as long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskClaims _claims = new(source);
    private readonly StorageOutage _outage = new(why => QueueLog.StorageAway(logger, why), () => QueueLog.StorageBack(logger));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(await GoRoundAsync() ? TimeSpan.Zero : Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was taken was ended; everything else is for the other silos, or for the next start.
        }
    }

    // Whether there may be more at once.
    private async Task<bool> GoRoundAsync()
    {
        try
        {
            var freed = await _claims.FreeLapsedAsync(MostAtOnce, LeaseTimes.Longest);
            var lost = await _claims.TakeLostAsync(MostAtOnce, LeaseTimes.Longest, Patience);
            _outage.Over();
            if (freed > 0)
            {
                QueueLog.Freed(logger, freed);
            }

            await Task.WhenAll(lost.Select(EndAsync));
            return freed == MostAtOnce || lost.Count == MostAtOnce;
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            _outage.Met(fault);
            return false;
        }
    }

    private async Task EndAsync(ClaimedTask task)
    {
        try
        {
            var reply = await grains.Instance(task.InstanceId).ExpireAsync(task.Key, Deadline.Lease, task.Lease);
            if (reply.Refusal is { } refusal)
            {
                QueueLog.NotEnded(logger, task.InstanceId, WireName.Of(refusal.Code));
            }
            else if (!reply.Entries.IsEmpty)
            {
                QueueLog.Ended(logger, task.InstanceId);
            }
        }
        catch (LedgerUnavailableException away)
        {
            QueueLog.NotEnded(logger, task.InstanceId, away.Message);
        }
    }
}
