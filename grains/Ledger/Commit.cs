using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Ledger;

/// <summary>Entries of one subject that become durable together. Their first sequence and its previous hash are the fence.</summary>
/// <param name="Entries">At least one entry; the first continues what the grain had read.</param>
/// <param name="Instance">The instance as it is afterwards, for what is listed and what is timed; none for other subjects.</param>
/// <param name="Key">The key of the command that is carried out; none for what was due before a refused command.</param>
public sealed record Commit(ImmutableArray<SealedEntry> Entries, Instance? Instance, CommandKey? Key)
{
    /// <summary>What else the entries rest on: subjects, each with the sequence that must be its newest when the log is held.</summary>
    public ImmutableArray<(Subject Subject, long Sequence)> Requires { get; init; } = [];

    /// <summary>The task that must still be held when the log is held; none for what no runner asks.</summary>
    public Lease? Lease { get; init; }

    /// <summary>For how long the instance's private content is kept, should the entries end it; for ever, if nothing is said.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What runners are told of the instance, should the entries make work for them.</summary>
    public Work? Work { get; init; }
}
