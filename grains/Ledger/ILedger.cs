using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Ledger;

/// <summary>Where entries become durable: the one port through which anything of authority leaves a grain.</summary>
public interface ILedger
{
    /// <summary>
    /// The entries of a subject after a sequence, in order, each with what is left of its payload. Throws
    /// <see cref="LedgerUnavailableException"/> when they cannot be read.
    /// </summary>
    ValueTask<ImmutableArray<SealedEntry>> ReadAsync(Subject subject, long after = 0);

    /// <summary>
    /// Commits all of it or nothing, and answers only once that is certain. It is never called off: what was handed in
    /// may be durable already, and nobody may be told that it failed before that is known.
    /// </summary>
    ValueTask<CommitOutcome> CommitAsync(Commit commit);

    /// <summary>
    /// What the key was used for, as a commit would say it: <see cref="CommitOutcome.Replayed"/> for this request,
    /// <see cref="CommitOutcome.KeyTaken"/> for another one, null for none. Asked only where a request would be refused or
    /// would change nothing: one that was carried out already keeps its answer, however far the subject has gone on since.
    /// Throws <see cref="LedgerUnavailableException"/> when it cannot be known.
    /// </summary>
    /// <param name="subject">Whose log knows the key.</param>
    /// <param name="key">The key, with the hash of what is asked now.</param>
    ValueTask<CommitOutcome?> FindAsync(Subject subject, CommandKey key);
}
