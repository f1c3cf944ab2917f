using System.Collections.Immutable;
using Gantral.Grains.Ledger;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// How long each log is as far as this silo knows, for readers that follow a log by position. What this silo commits is
/// known at once; what others commit is looked for, all logs in one small statement, while somebody waits and no longer.
/// </summary>
internal sealed class LogSignal(NpgsqlDataSource source, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // One step down an index for each log, whatever there is in it.
    public const string Look =
        "SELECT log_id, (SELECT size FROM checkpoint WHERE checkpoint.log_id = log.log_id ORDER BY size DESC LIMIT 1) FROM log ORDER BY log_id";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromMilliseconds(500);

    // Readers come back after each page; the looking does not begin anew each time.
    private const int QuietRounds = 20;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<int, TaskCompletionSource> _grown = [];
    private ImmutableSortedDictionary<int, long> _sizes = ImmutableSortedDictionary<int, long>.Empty;
    private Task _looking = Task.CompletedTask;
    private int _waiting;
    private bool _isWanted;

    /// <summary>How many entries each log has, as far as is known; logs that were added while this silo runs appear as well.</summary>
    public ImmutableSortedDictionary<int, long> Sizes => Volatile.Read(ref _sizes);

    /// <summary>Whether others' commits are looked for at this moment.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>Waits until a log has an entry at a position, at most so long; whether it has.</summary>
    public async Task<bool> BeyondAsync(int logId, long position, TimeSpan patience, CancellationToken cancellation = default)
    {
        var since = time.GetTimestamp();
        Wait();
        try
        {
            while (GrownBeyond(logId, position) is { } grown)
            {
                var left = patience - time.GetElapsedTime(since);
                if (left <= TimeSpan.Zero)
                {
                    return false;
                }

                await grown.WaitAsync(left, time, cancellation);
            }

            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Asks the database how long the logs are now. Throws <see cref="LedgerUnavailableException"/> when it cannot say.</summary>
    public Task<ImmutableSortedDictionary<int, long>> LookAsync(CancellationToken cancellation = default) => StorageFault.AsUnavailableAsync(async () =>
    {
        var now = ImmutableSortedDictionary.CreateBuilder<int, long>();
        await using var command = source.CreateCommand(Look);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            now.Add(rows.GetInt16(0), rows.IsDBNull(1) ? 0 : rows.GetInt64(1));
        }

        foreach (var (log, size) in now)
        {
            Reached(log, size);
        }

        return now.ToImmutable();
    });

    /// <summary>Tells whoever waits that a log is so long now.</summary>
    public void Reached(int logId, long size)
    {
        TaskCompletionSource? grown;
        lock (_gate)
        {
            if (_sizes.TryGetValue(logId, out var known) && known >= size)
            {
                return;
            }

            _sizes = _sizes.SetItem(logId, size);
            _grown.Remove(logId, out grown);
        }

        grown?.SetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task looking;
        lock (_gate)
        {
            looking = _looking;
        }

        await looking;
        _stop.Dispose();
    }

    // Completes when the log is longer than it is now; none if it is long enough.
    private Task? GrownBeyond(int logId, long position)
    {
        lock (_gate)
        {
            if (_sizes.GetValueOrDefault(logId) > position)
            {
                return null;
            }

            if (!_grown.TryGetValue(logId, out var grown))
            {
                _grown[logId] = grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return grown.Task;
        }
    }

    private void Wait()
    {
        Interlocked.Increment(ref _waiting);
        lock (_gate)
        {
            _isWanted = true;
            if (!IsLooking && !_stop.IsCancellationRequested)
            {
                IsLooking = true;
                _looking = Task.Run(LookOnAsync);
            }
        }
    }

    private async Task LookOnAsync()
    {
        var (quiet, isAway) = (0, false);
        do
        {
            try
            {
                await LookAsync(_stop.Token);
                isAway = false;
            }
            catch (LedgerUnavailableException away)
            {
                if (!isAway)
                {
                    LedgerLog.HeadsUnknown(logger, away.Message);
                }

                isAway = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(isAway ? PauseWhileAway : Pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                quiet = _isWanted || _waiting > 0 ? 0 : quiet + 1;
                _isWanted = false;
                IsLooking = quiet < QuietRounds && !_stop.IsCancellationRequested;
            }
        }
        while (IsLooking);
    }
}
