using Gantral.Grains.Ledger;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// Writes batches to a log, each in one transaction of two round trips: hold the log and learn who has lost
/// (<see cref="FirstTrip"/>), then append the others under a newly signed head and commit (<see cref="SecondTrip"/>).
/// </summary>
internal sealed class BatchWriter : IAsyncDisposable
{
    private const int LockAttempts = 3;

    private readonly LedgerOptions _options;
    private readonly short _logId;
    private readonly LogHeads _heads;
    private readonly DatabaseClock _clock;
    private readonly LogConnection _connection;
    private readonly UnknownOutcome _unknown;
    private readonly HeldBackTeams _heldBack;
    private bool _othersWrite;

    public BatchWriter(LedgerOptions options, short logId, LogHeads heads, DatabaseClock clock, HeldBackTeams heldBack)
    {
        (_options, _logId, _heads, _clock, _heldBack) = (options, logId, heads, clock, heldBack);
        _connection = new LogConnection(options.ConnectionString, options.Revive);
        _unknown = new UnknownOutcome(options, logId, heads.Origin, _connection);
    }

    private ILogger Logger => _options.Logger;

    /// <summary>
    /// Writes what can be written and settles everybody of the batch; in an empty log, what every log begins with goes
    /// first. Throws <see cref="BatchFailedException"/> when nothing of it happened.
    /// </summary>
    /// <param name="batch">The commits.</param>
    /// <param name="topUp">Adds what has come since the batch was taken, if it may grow.</param>
    /// <param name="stillAway">Hears each time that the outcome could not be read back yet.</param>
    /// <param name="stop">Gives up reading it back.</param>
    public async Task WriteAsync(List<PendingCommit> batch, Action<List<PendingCommit>>? topUp, Action<Exception> stillAway, CancellationToken stop)
    {
        var since = _options.Time.GetTimestamp();
        var first = await GoFirstAsync(batch, topUp);
        _clock.Observe(first.Now);
        _othersWrite = !_heads.IsWhereWeLeftIt(first.Head);
        var tree = _heads.GoOnFrom(first.Head);
        var survivors = Settle(batch, first);
        if (survivors.Count == 0 && first.Head is not null)
        {
            await EndAsync();
            return;
        }

        var second = new SecondTrip(_logId, tree, first.Now);
        if (first.Head is null)
        {
            foreach (var entry in LogBeginning.Of(_heads.PublicKey, first.Now))
            {
                second.Add(entry);
            }
        }

        survivors.ForEach(second.Add);
        var head = _heads.Sign(tree, first.Now);
        await GoSecondAsync(second, head, survivors.Count, stillAway, stop);
        _heads.Accept(head, tree);
        survivors.ForEach(commit => commit.Settle(new CommitOutcome.Committed()));
        if (survivors.Count > 0)
        {
            _options.Measures.Committed(survivors, _options.Time.GetElapsedTime(since));
        }
    }

    /// <summary>Gives up the connection, and with it whatever it holds.</summary>
    public ValueTask DropAsync() => _connection.DropAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Where other silos write too, the log must be waited for. What comes meanwhile goes along: a third trip for larger
    // batches, and each turn at the log is worth more.
    private async Task<FirstTrip> GoFirstAsync(List<PendingCommit> batch, Action<List<PendingCommit>>? topUp)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A connection that was open may have died since its last use; nothing is lost by opening another.
            var mayBeStale = !_connection.IsClosed;
            try
            {
                var connection = await _connection.OpenAsync();
                var waits = _othersWrite && topUp is not null;
                if (waits)
                {
                    await FirstTrip.HoldAsync(connection, _logId);
                    topUp!(batch);
                }

                var moment = _heldBack.Moment();
                var trip = await FirstTrip.GoAsync(connection, _logId, batch, isHeld: waits);
                foreach (var (team, isHeld) in trip.Begins)
                {
                    _heldBack.Saw(moment, team, isHeld);
                }

                return trip;
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                await _connection.DropAsync();
                if (attempt < LockAttempts && StorageFault.IsHeld(fault))
                {
                    await StoppedHolders.EndAsync(_connection, _heads.Origin, Logger);
                }
                else if (attempt >= LockAttempts || !mayBeStale || StorageFault.IsAborted(fault))
                {
                    throw new BatchFailedException(fault);
                }
            }
        }
    }

    private async Task GoSecondAsync(SecondTrip second, StoredHead head, int count, Action<Exception> stillAway, CancellationToken stop)
    {
        try
        {
            await second.GoAsync(await _connection.OpenAsync(), head);
        }
        catch (Exception fault) when (StorageFault.Is(fault) && StorageFault.IsAborted(fault))
        {
            await _connection.DropAsync();
            throw new BatchFailedException(fault);
        }
        catch (Exception fault)
        {
            LedgerLog.Unknown(Logger, _heads.Origin, count, fault);
            await _connection.DropAsync();
            var happened = await _unknown.ResolveAsync(head, stillAway, stop);
            LedgerLog.Resolved(Logger, _heads.Origin, count, happened ? "is durable" : "did not happen");
            if (!happened)
            {
                throw new BatchFailedException(fault);
            }
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", await _connection.OpenAsync());
            await rollback.ExecuteNonQueryAsync();
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // Nothing was written, and the server ends it with the connection.
            await _connection.DropAsync();
        }
    }

    // Tells the losers, and answers who is left.
    private List<PendingCommit> Settle(List<PendingCommit> batch, FirstTrip first)
    {
        var survivors = new List<PendingCommit>(batch.Count);
        for (var place = 0; place < batch.Count; place++)
        {
            var commit = batch[place];
            if (commit.Commit.Key is { RequestHash: not null } key && first.Known.TryGetValue(key.CommandId, out var known))
            {
                commit.Settle(known.Answer(key));
            }
            else if (first.LeasesLost.Contains(place))
            {
                commit.Settle(new CommitOutcome.LeaseLost());
            }
            else if (first.Conflicts.Contains(place) || first.Now.Since(commit.At) > _options.OldestEntries)
            {
                commit.Settle(new CommitOutcome.Conflict());
            }
            else
            {
                survivors.Add(commit);
            }
        }

        return survivors;
    }
}
