using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Ledger;

namespace Gantral.Silo.Ledger;

/// <summary>A key that was used before, and where its result is to be read.</summary>
internal readonly record struct KnownCommand(Digest RequestHash, Subject Subject, long Sequence)
{
    /// <summary>What whoever comes with the key now is told.</summary>
    public CommitOutcome Answer(CommandKey key) =>
        RequestHash == key.RequestHash ? new CommitOutcome.Replayed(Subject, Sequence) : new CommitOutcome.KeyTaken();
}
