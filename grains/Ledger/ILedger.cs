using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
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
}
