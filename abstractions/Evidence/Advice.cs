using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;

namespace Gantral.Abstractions.Evidence;

/// <summary>
/// What policy advised about a step, where no person was asked: it let the step pass, ended the instance, or was only
/// observed. A REQUIRE_HUMAN that is acted on is an <see cref="AuthorityRequest"/> instead.
/// </summary>
public sealed record Advice
{
    /// <summary>The governed step, or none for the start.</summary>
    public string? Step { get; init; }

    /// <summary>What policy said, or none when it gave no answer that could be understood.</summary>
    public PolicyDecision? Decision { get; init; }

    /// <summary>The salted hash of the context that policy saw.</summary>
    public required Digest ContextSnapshotHash { get; init; }

    /// <summary>Who would have decided.</summary>
    public ImmutableArray<string> EligibleApproverRoles { get; init; } = [];

    /// <summary>Who would have been asked next.</summary>
    public ImmutableArray<string> EscalationRoles { get; init; } = [];

    /// <summary>How many people would have had to approve.</summary>
    public int? ApprovalsRequired { get; init; }

    /// <summary>Whether each of them would have had to act in a role of their own.</summary>
    public bool? DistinctRoles { get; init; }

    /// <summary>How long they would have had.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What would have happened then.</summary>
    public OnTimeout? OnTimeout { get; init; }

    /// <summary>How long an approval could have waited to be taken up.</summary>
    public TimeSpan? ExecuteWithin { get; init; }
}
