using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Ledger;

/// <summary>
/// The commit path of one log in one silo. Grains hand commits in; the pipeline takes whatever waits, has it written
/// as one batch (<see cref="BatchWriter"/>), and tells each caller what came of it: a commit fails alone, never its
/// neighbours.
/// </summary>
internal sealed class LogPipeline : IAsyncDisposable
{
    private readonly LedgerOptions _options;
    private readonly int _logId;
    private readonly LogHeads _heads;
    private readonly LogSignal _signal;
    private readonly CommitQueue _queue;
    private readonly BatchWriter _writer;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public LogPipeline(LedgerOptions options, int logId, LogHeads heads, DatabaseClock clock, LogSignal signal, HeldBackTeams heldBack)
    {
        (_options, _logId, _heads, _signal) = (options, logId, heads, signal);
        _queue = new CommitQueue(options.QueueLimit, options.BatchLimit);
        _writer = new BatchWriter(options, (short)logId, heads, clock, heldBack);
    }

    /// <summary>Why nothing can be written to this log any more, if so.</summary>
    public string? Broken { get; private set; }

    /// <summary>The newest head that this silo has seen.</summary>
    public StoredHead? Known => _heads.Known;

    /// <summary>How many commits wait.</summary>
    public int Waiting => _queue.Count;

    private ILogger Logger => _options.Logger;

    /// <summary>Opens the log, or finds that it is open and signed by this silo's key; throws when it cannot be written.</summary>
    public async Task OpenAsync()
    {
        try
        {
            await _writer.WriteAsync([], null, _ => { }, _stop.Token);
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
        await _writer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _queue.AnyAsync())
        {
            var batch = _queue.Take();
            try
            {
                await RunAsync(batch, mayGrow: true);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                LedgerLog.Abandoned(Logger, _heads.Origin, batch.Count);
                batch.ForEach(commit => commit.Abandon());
            }
        }
    }

    private async Task RunAsync(List<PendingCommit> batch, bool mayGrow)
    {
        try
        {
            await _writer.WriteAsync(batch, mayGrow ? _queue.TopUp : null, FailWaiting, _stop.Token);
            _signal.Reached(_logId, _heads.KnownSize);
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
            await _writer.DropAsync();
            Broken = broken.Message;
            LedgerLog.Broken(Logger, broken.Message);
            FailAll(batch.Concat(_queue.TakeAll()), RefusalCode.EvidenceFailure, broken.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Nothing of the batch was sent: whatever could have reached the server is caught closer to it.
            LedgerLog.Unforeseen(Logger, _heads.Origin, fault);
            await _writer.DropAsync();
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
            await RunAsync([.. half], mayGrow: false);
        }
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
