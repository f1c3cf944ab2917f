using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Streams;

/// <summary>The one reader of a log in this silo, however many listen: page after page by position, each in a transaction of its own.</summary>
internal sealed class LogTail(StreamOptions options, LogSignal signal, EntryReads reads, Following following, int logId)
{
    // Under load each read takes what several commits have brought.
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromMilliseconds(500);

    // How long a log that was just added may go unnoticed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly StorageOutage _outage = new(why => StreamLog.StorageAway(options.Logger, logId, why), () => StreamLog.StorageBack(options.Logger, logId));

    /// <summary>Hands out every entry from a position on, until it is called off.</summary>
    public async Task FollowAsync(long from, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var read = await ReadOnAsync(from, stop);
                from += read;
                _outage.Over();
                await Task.Delay(read > 0 && read < options.PageSize ? BetweenReads : TimeSpan.Zero, options.Time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerUnavailableException away)
            {
                _outage.Met(away);
                await PauseAsync(stop);
            }
            catch (Exception fault)
            {
                // An entry that only a later release can read, perhaps: whoever follows it waits, and everybody else goes on.
                StreamLog.Unforeseen(options.Logger, logId, from, fault);
                await PauseAsync(stop);
            }
        }
    }

    private async Task<int> ReadOnAsync(long from, CancellationToken stop)
    {
        var isThere = await signal.BeyondAsync(logId, from, Patience, stop);
        following.FollowNewLogs();
        if (!isThere)
        {
            return 0;
        }

        var page = await reads.OfLogAsync(logId, from, options.PageSize);
        if (page.IsEmpty || page[0].Position != from)
        {
            throw new LedgerUnavailableException($"Log {logId} is said to go on at position {from}, and nothing is there.");
        }

        following.HandOut(logId, page);
        if (options.Clock is { } clock)
        {
            options.Measures.Told(clock.Now.Since(page[0].Sealed.Entry.At));
        }

        return page.Length;
    }

    private async Task PauseAsync(CancellationToken stop) =>
        await Task.Delay(PauseWhileAway, options.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
