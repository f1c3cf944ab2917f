using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;

namespace Gantral.Lives;

/// <summary>
/// A ledger over a log on paper: real chains, real fences, real idempotency, and a switchboard for everything that can
/// go wrong. What is held goes on inside <see cref="Release"/>, on the thread that calls it.
/// </summary>
public sealed class InMemoryLedger(PaperLog log) : ILedger
{
    private static readonly CommitOutcome Away = new CommitOutcome.Failed(new Refusal(RefusalCode.StorageUnavailable, "The storage is away; send the same key again."));
    private static readonly CommitOutcome Full = new CommitOutcome.Failed(new Refusal(RefusalCode.Overloaded, "Too much waits; send the same key again later."));

    private readonly Dictionary<Subject, List<SealedEntry>> _subjects = [];
    private readonly Dictionary<Digest, (CommandKey Key, CommitOutcome.Replayed Use)> _commands = [];
    private readonly List<TaskCompletionSource> _held = [];

    /// <summary>The log.</summary>
    public PaperLog Log => log;

    /// <summary>What becomes of a commit; asked once for each.</summary>
    public Func<Commit, LedgerFault> OnCommit { get; set; } = _ => LedgerFault.None;

    /// <summary>Whether it can be read now; asked once for each reading.</summary>
    public Func<Subject, bool> OnRead { get; set; } = _ => true;

    /// <summary>Whether a runner still holds the task in whose name it asks.</summary>
    public Func<Lease, bool> OnLease { get; set; } = _ => true;

    /// <summary>How many commits were handed in.</summary>
    public int Commits { get; private set; }

    /// <summary>How often it was read, keys included.</summary>
    public int Reads { get; private set; }

    /// <summary>How many commits are held.</summary>
    public int Held => _held.Count;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SealedEntry>> ReadAsync(Subject subject, long after = 0)
    {
        lock (log)
        {
            return CanRead(subject) is { } away
                ? ValueTask.FromException<ImmutableArray<SealedEntry>>(away)
                : new([.. _subjects.GetValueOrDefault(subject, []).Skip((int)after)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome?> FindAsync(Subject subject, CommandKey key)
    {
        lock (log)
        {
            return CanRead(subject) is { } away ? ValueTask.FromException<CommitOutcome?>(away) : new(Use(key));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        LedgerFault fault;
        lock (log)
        {
            Commits++;
            fault = OnCommit(commit);
        }

        switch (fault)
        {
            case LedgerFault.None:
                return Apply(commit);
            case LedgerFault.Conflict:
                return new CommitOutcome.Conflict();
            case LedgerFault.Unavailable:
                return Away;
            case LedgerFault.UnavailableAfterResolve:
                await HoldAsync();
                return Away;
            case LedgerFault.Overloaded:
                return Full;
            case LedgerFault.Rejected:
                return new CommitOutcome.Rejected("The signer does not answer.");
            case LedgerFault.HeldBefore:
                await HoldAsync();
                return Apply(commit);
            case LedgerFault.HeldAfter:
                var outcome = Apply(commit);
                await HoldAsync();
                return outcome;
            case LedgerFault.Crash:
                Apply(commit);
                return await new TaskCompletionSource<CommitOutcome>().Task;
            default:
                throw new InvalidOperationException($"{fault} is no fault.");
        }
    }

    /// <summary>Lets one of the held commits go on.</summary>
    public void Release(int index = 0)
    {
        TaskCompletionSource held;
        lock (log)
        {
            held = _held[index];
            _held.RemoveAt(index);
        }

        held.SetResult();
    }

    private Task HoldAsync()
    {
        // Continuations run where it is released: a simulation stays on its one thread.
        var held = new TaskCompletionSource();
        lock (log)
        {
            _held.Add(held);
        }

        return held.Task;
    }

    private LedgerUnavailableException? CanRead(Subject subject)
    {
        Reads++;
        return OnRead(subject) ? null : new LedgerUnavailableException("The storage is away.");
    }

    private CommitOutcome? Use(CommandKey key) =>
        !_commands.TryGetValue(key.CommandId, out var known) ? null
        : known.Key.RequestHash == key.RequestHash ? known.Use
        : new CommitOutcome.KeyTaken();

    private CommitOutcome Apply(Commit commit)
    {
        lock (log)
        {
            if (commit.Key is { RequestHash: not null } key && Use(key) is { } use)
            {
                return use;
            }

            if (commit.Lease is { } lease && !OnLease(lease))
            {
                return new CommitOutcome.LeaseLost();
            }

            var subject = commit.Entries[0].Entry.Subject;
            var chain = _subjects.GetValueOrDefault(subject, []);
            var head = chain.Count == 0 ? Digest.Zero : chain[^1].Hash;
            if (commit.Requires.Any(required => _subjects.GetValueOrDefault(required.Subject, []).Count != required.Sequence))
            {
                return new CommitOutcome.Conflict();
            }

            foreach (var (place, entry) in commit.Entries.Index())
            {
                if (entry.Entry.Subject != subject || entry.Entry.Sequence != chain.Count + place + 1 || entry.Entry.PrevHash != head)
                {
                    return new CommitOutcome.Conflict();
                }

                head = entry.Hash;
            }

            foreach (var entry in commit.Entries)
            {
                log.Now = Instant.Later(log.Now, entry.Entry.At);
                log.Add(entry);
            }

            _subjects[subject] = [.. chain, .. commit.Entries];
            if (commit.Key is { RequestHash: not null } used)
            {
                _commands.Add(used.CommandId, (used, new CommitOutcome.Replayed(subject, commit.Entries[^1].Entry.Sequence)));
            }

            return new CommitOutcome.Committed();
        }
    }
}
