using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>
/// The commit path of one log in one silo. Grains hand commits in; the pipeline takes whatever waits and writes it in
/// one transaction of two round trips: hold the log and learn who has lost (<see cref="FirstTrip"/>), then append the
/// others under a newly signed head and commit (<see cref="SecondTrip"/>).
/// </summary>
internal sealed class LogPipeline : IAsyncDisposable
{
    // Entries say when they were made. Older ones than this would make the log's time run backwards.
    private static readonly TimeSpan OldestEntries = TimeSpan.FromSeconds(2);

    private const int LockAttempts = 3;

    private readonly LedgerOptions _options;
    private readonly short _logId;
    private readonly LogHeads _heads;
    private readonly DatabaseClock _clock;
    private readonly CommitQueue _queue;
    private readonly LogConnection _connection;
    private readonly UnknownOutcome _unknown;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public LogPipeline(LedgerOptions options, int logId, LogHeads heads, DatabaseClock clock)
    {
        (_options, _logId, _heads, _clock) = (options, (short)logId, heads, clock);
        _queue = new CommitQueue(options.QueueLimit, options.BatchLimit);
        _connection = new LogConnection(options.ConnectionString);
        _unknown = new UnknownOutcome(options, _logId, _connection);
    }

    /// <summary>Why nothing can be written to this log any more, if so.</summary>
    public string? Broken { get; private set; }

    /// <summary>How many commits wait.</summary>
    public int Waiting => _queue.Count;

    private ILogger Logger => _options.Logger;

    /// <summary>Opens the log, or finds that it is open and signed by this silo's key; throws when it cannot be written.</summary>
    public async Task OpenAsync()
    {
        try
        {
            await RunTripsAsync([]);
        }
        catch (BatchFailedException failed)
        {
            throw new LedgerUnavailableException($"Log {_heads.Origin} cannot be opened ({StorageFault.InWords(failed.InnerException!)}).", failed.InnerException);
        }

        LedgerLog.Open(Logger, _heads.Origin, _heads.KnownSize, _heads.PublicKey.KeyId.ToString("x8", null));
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Hands a commit in.</summary>
    public Task<CommitOutcome> CommitAsync(PendingCommit commit)
    {
        if (Broken is { } broken)
        {
            commit.Fail(RefusalCode.EvidenceFailure, broken);
        }
        else
        {
            _queue.Enqueue(commit);
        }

        return commit.Outcome;
    }

    /// <summary>Writes what waits, for as long as <paramref name="patience"/> lasts, and takes nothing new.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        _queue.Close();
        _stop.CancelAfter(patience);
        await _work;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.Zero);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _queue.AnyAsync())
        {
            var batch = _queue.Take();
            try
            {
                await RunAsync(batch);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                LedgerLog.Abandoned(Logger, _heads.Origin, batch.Count);
                batch.ForEach(commit => commit.Abandon());
            }
        }
    }

    private async Task RunAsync(List<PendingCommit> batch)
    {
        try
        {
            await RunTripsAsync(batch);
        }
        catch (BatchFailedException failed) when (StorageFault.IsOfValues(failed.InnerException!) || !StorageFault.Is(failed.InnerException!))
        {
            await IsolateAsync(batch, failed);
        }
        catch (BatchFailedException failed)
        {
            FailAll(batch, StorageFault.IsHeld(failed.InnerException!) ? RefusalCode.Overloaded : RefusalCode.StorageUnavailable, StorageFault.InWords(failed.InnerException!));
        }
        catch (LogBrokenException broken)
        {
            // The log is held still, and others must be able to look at it.
            await _connection.DropAsync();
            Broken = broken.Message;
            LedgerLog.Broken(Logger, broken.Message);
            FailAll(batch.Concat(_queue.TakeAll()), RefusalCode.EvidenceFailure, broken.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Nothing of the batch was sent: whatever could have reached the server is caught closer to it.
            LedgerLog.Unforeseen(Logger, _heads.Origin, fault);
            await _connection.DropAsync();
            FailAll(batch, RefusalCode.EvidenceFailure, "The evidence could not be produced.");
        }
    }

    // Somebody's values are refused by the database. The others must not pay for it: halve until it stands alone.
    private async Task IsolateAsync(List<PendingCommit> batch, BatchFailedException failed)
    {
        var left = batch.Where(commit => !commit.Outcome.IsCompleted).ToList();
        if (left.Count == 1)
        {
            var fault = StorageFault.InWords(failed.InnerException!);
            LedgerLog.Rejected(Logger, _heads.Origin, fault);
            left[0].Settle(new CommitOutcome.Rejected(fault));
            return;
        }

        foreach (var half in left.Chunk((left.Count + 1) / 2))
        {
            await RunAsync([.. half]);
        }
    }

    private async Task RunTripsAsync(List<PendingCommit> batch)
    {
        var first = await GoFirstAsync(batch);
        _clock.Observe(first.Now);
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
        await GoSecondAsync(second, head, survivors.Count);
        _heads.Accept(head, tree);
        survivors.ForEach(commit => commit.Settle(new CommitOutcome.Committed()));
    }

    private async Task<FirstTrip> GoFirstAsync(List<PendingCommit> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A connection that was open may have died since its last use; nothing is lost by opening another.
            var mayBeStale = !_connection.IsClosed;
            try
            {
                return await FirstTrip.GoAsync(await ConnectAsync(), _logId, batch);
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                await _connection.DropAsync();
                if (attempt < LockAttempts && StorageFault.IsHeld(fault))
                {
                    await EndStoppedHoldersAsync();
                }
                else if (attempt >= LockAttempts || !mayBeStale || StorageFault.IsAborted(fault))
                {
                    throw new BatchFailedException(fault);
                }
            }
        }
    }

    private async Task GoSecondAsync(SecondTrip second, StoredHead head, int count)
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
            var happened = await _unknown.ResolveAsync(head, FailWaiting, _stop.Token);
            LedgerLog.Resolved(Logger, _heads.Origin, count, happened ? "is durable" : "did not happen");
            if (!happened)
            {
                throw new BatchFailedException(fault);
            }
        }
    }

    private async ValueTask<NpgsqlConnection> ConnectAsync()
    {
        try
        {
            return await _connection.OpenAsync();
        }
        catch (Exception fault) when (StorageFault.Is(fault) && _options.Revive is not null)
        {
            await _options.Revive();
            return await _connection.OpenAsync();
        }
    }

    private async Task EndStoppedHoldersAsync()
    {
        try
        {
            if (await StoppedHolders.EndAsync(await ConnectAsync()) is > 0 and var ended)
            {
                LedgerLog.EndedHolders(Logger, _heads.Origin, ended);
            }
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // The next attempt to hold the log says what is wrong.
            await _connection.DropAsync();
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
    private static List<PendingCommit> Settle(List<PendingCommit> batch, FirstTrip first)
    {
        var survivors = new List<PendingCommit>(batch.Count);
        for (var place = 0; place < batch.Count; place++)
        {
            var commit = batch[place];
            if (commit.Commit.Key is { RequestHash: not null } key && first.Known.TryGetValue(key.CommandId, out var known))
            {
                commit.Settle(known.Answer(key));
            }
            else if (first.Conflicts.Contains(place) || first.Now.Since(commit.At) > OldestEntries)
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

    private void FailWaiting(Exception why) => FailAll(_queue.TakeAll(), RefusalCode.StorageUnavailable, StorageFault.InWords(why));

    private void FailAll(IEnumerable<PendingCommit> commits, RefusalCode code, string why)
    {
        var failed = 0;
        foreach (var commit in commits.Where(commit => !commit.Outcome.IsCompleted))
        {
            commit.Fail(code, code switch
            {
                RefusalCode.StorageUnavailable => $"The storage is away ({why}); nothing happened. Send the same request with the same key again.",
                RefusalCode.Overloaded => "Other silos hold the log for too long; nothing happened. Send the same request with the same key again in a moment.",
                _ => why,
            });
            failed++;
        }

        if (failed > 0)
        {
            LedgerLog.Failed(Logger, _heads.Origin, failed, why);
        }
    }
}
