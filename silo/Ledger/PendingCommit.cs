using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Ledger;

namespace Gantral.Silo.Ledger;

/// <summary>A commit that waits for its turn, and whoever waits for its outcome.</summary>
internal sealed class PendingCommit
{
    private readonly TaskCompletionSource<CommitOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingCommit(Commit commit)
    {
        Commit = commit;
        Key = SubjectKey.Of(commit.Entries[0].Entry.Subject);
        Required = [.. commit.Requires.Select(required => SubjectKey.Of(required.Subject))];
        foreach (var entry in commit.Entries)
        {
            Bytes += entry.Bytes.Span.Length;
            foreach (var field in entry.Payload)
            {
                Bytes += field.Value.Span.Length;
            }
        }
    }

    public Commit Commit { get; }

    /// <summary>The key of its subject.</summary>
    public Guid Key { get; }

    /// <summary>The keys of the subjects that it rests on.</summary>
    public ImmutableArray<Guid> Required { get; }

    /// <summary>The sequence that it expects to be the next.</summary>
    public long Sequence => Commit.Entries[0].Entry.Sequence;

    /// <summary>The hash that it expects to be the last.</summary>
    public Digest PrevHash => Commit.Entries[0].Entry.PrevHash;

    /// <summary>When its entries were made.</summary>
    public Instant At => Commit.Entries[0].Entry.At;

    /// <summary>How long its entries and their payloads are.</summary>
    public int Bytes { get; }

    /// <summary>What came of it.</summary>
    public Task<CommitOutcome> Outcome => _outcome.Task;

    public void Settle(CommitOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(RefusalCode code, string message) => Settle(new CommitOutcome.Failed(new Refusal(code, message)));

    /// <summary>Nobody will ever know what came of it in this process.</summary>
    public void Abandon() => _outcome.TrySetException(new LedgerUnavailableException("The silo stopped before the outcome was known; ask again with the same key."));
}
