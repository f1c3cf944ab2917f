using System.Collections.Immutable;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>What was proven, and what was not. It never claims more than the first.</summary>
public sealed record VerificationReport
{
    /// <summary>What decides the verdict on the whole; <see cref="FindingCode.Ok"/> when nothing was found.</summary>
    public required Finding Finding { get; init; }

    /// <summary>What the evidence covers, if it says so readably.</summary>
    public BundleScope? Scope { get; init; }

    /// <summary>The log that the evidence says it is of; proven only where <see cref="Checkpoint"/> is of it.</summary>
    public string? Origin { get; init; }

    /// <summary>What ties the head to something that the operator could not rewrite.</summary>
    public Anchor Anchor { get; init; }

    /// <summary>The signed head under which everything was proven.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The verdicts on the instances; of a log only the first <see cref="VerifierOptions.MostInstances"/>, those that are not VALID before all others.</summary>
    public ImmutableArray<InstanceReport> Instances { get; init; } = [];

    /// <summary>How many instances got which verdict.</summary>
    public ImmutableSortedDictionary<Verdict, long> InstanceCounts { get; init; } = ImmutableSortedDictionary<Verdict, long>.Empty;

    /// <summary>How many entries were checked.</summary>
    public long Entries { get; init; }

    /// <summary>How many entries were shown as bare hashes only.</summary>
    public long Hidden { get; init; }

    /// <summary>What is missing.</summary>
    public ImmutableArray<MissingItem> Missing { get; init; } = [];

    /// <summary>What is odd, but not wrong.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>In words, what these proofs do not exclude.</summary>
    public ImmutableArray<string> NotExcluded { get; init; } = [];

    /// <summary>The verdict on the whole: the worst of all.</summary>
    public Verdict Verdict => Finding.Verdict;

    /// <summary>The exit status of a command that reports this.</summary>
    public int ExitStatus => Verdict switch
    {
        Verdict.Valid => 0,
        Verdict.Invalid => 1,
        Verdict.Inconclusive => 2,
        _ => 3,
    };
}
