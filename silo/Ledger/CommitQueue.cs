using System.Threading.Channels;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Ledger;

/// <summary>What waits for a log: bounded, so that a slow database is felt by callers and not by memory.</summary>
internal sealed class CommitQueue(int limit, int batchLimit)
{
    // Enough for full batches of ordinary commits; a few huge ones make a batch as well.
    private const int BatchBytes = 4 * 1024 * 1024;
    private const int QueueBytes = 64 * 1024 * 1024;

    private readonly Channel<PendingCommit> _waiting = Channel.CreateBounded<PendingCommit>(new BoundedChannelOptions(limit) { SingleReader = true });
    private readonly Queue<PendingCommit> _heldBack = [];
    private long _bytes;
    private volatile bool _closed;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <summary>Takes a commit, or refuses it at once.</summary>
    public void Enqueue(PendingCommit commit)
    {
        if (Interlocked.Add(ref _bytes, commit.Bytes) <= QueueBytes && _waiting.Writer.TryWrite(commit))
        {
            return;
        }

        Interlocked.Add(ref _bytes, -commit.Bytes);
        if (_closed)
        {
            commit.Fail(RefusalCode.StorageUnavailable, "The silo is stopping; nothing happened. Send the same request with the same key again.");
        }
        else
        {
            commit.Fail(RefusalCode.Overloaded, "Too much waits for the ledger already; nothing happened. Send the same request with the same key again in a moment.");
        }
    }

    /// <summary>Takes nothing any more.</summary>
    public void Close()
    {
        _closed = true;
        _waiting.Writer.TryComplete();
    }

    /// <summary>Waits until there is something; false once it is closed and empty.</summary>
    public async ValueTask<bool> AnyAsync() => _heldBack.Count > 0 || await _waiting.Reader.WaitToReadAsync();

    /// <summary>Everything that waits and fits into one transaction. Two for one subject or under one key never go together, nor what rests on a subject after one that changes it: the second must see the first.</summary>
    public List<PendingCommit> Take()
    {
        var batch = new List<PendingCommit>();
        TopUp(batch);
        return batch;
    }

    /// <summary>Adds to a batch, by the same rules, what has come since it was taken.</summary>
    public void TopUp(List<PendingCommit> batch)
    {
        var bytes = batch.Sum(commit => commit.Bytes);
        var subjects = batch.Select(commit => commit.Key).ToHashSet();
        var keys = batch.Select(commit => commit.Commit.Key?.CommandId).OfType<Digest>().ToHashSet();
        for (var again = _heldBack.Count; again > 0; again--)
        {
            Place(_heldBack.Dequeue());
        }

        while (batch.Count < batchLimit && bytes < BatchBytes && _waiting.Reader.TryRead(out var commit))
        {
            Interlocked.Add(ref _bytes, -commit.Bytes);
            Place(commit);
        }

        void Place(PendingCommit commit)
        {
            var rests = commit.Required.Any(subjects.Contains);
            if (subjects.Add(commit.Key) & !rests & (commit.Commit.Key is not { } key || keys.Add(key.CommandId)))
            {
                batch.Add(commit);
                bytes += commit.Bytes;
            }
            else
            {
                _heldBack.Enqueue(commit);
            }
        }
    }

    /// <summary>Everything that waits.</summary>
    public IEnumerable<PendingCommit> TakeAll()
    {
        while (_heldBack.TryDequeue(out var commit))
        {
            yield return commit;
        }

        while (_waiting.Reader.TryRead(out var commit))
        {
            Interlocked.Add(ref _bytes, -commit.Bytes);
            yield return commit;
        }
    }
}
