using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Ledger;

/// <summary>What came of a commit. Only <see cref="Committed"/> changed anything.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>All of it is durable, under a signed head.</summary>
    public sealed record Committed : CommitOutcome;

    /// <summary>The subject has gone on, or one that the commit requires; or too much time has passed since the entries were made: read again, decide again.</summary>
    public sealed record Conflict : CommitOutcome;

    /// <summary>The task in whose name it was asked is held by somebody else now, or by nobody.</summary>
    public sealed record LeaseLost : CommitOutcome;

    /// <summary>The same request was carried out under this key before.</summary>
    /// <param name="Subject">On what.</param>
    /// <param name="Sequence">The last entry it committed.</param>
    public sealed record Replayed(Subject Subject, long Sequence) : CommitOutcome;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyTaken : CommitOutcome;

    /// <summary>It is known not to have happened, and says nothing about the commit itself: the storage is away, or too much waits.</summary>
    public sealed record Failed(Refusal Refusal) : CommitOutcome;

    /// <summary>These bytes cannot be made durable, now or later.</summary>
    public sealed record Rejected(string Fault) : CommitOutcome;
}
