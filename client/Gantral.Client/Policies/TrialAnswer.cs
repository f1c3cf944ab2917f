using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;

namespace Gantral.Client;

/// <summary>What came of a dry run, and how it came to that. Nothing follows from it.</summary>
public sealed record TrialAnswer
{
    /// <summary>The version that was asked.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>What it advises; null where it cannot.</summary>
    public required PolicyDecision? Decision { get; init; }

    /// <summary>Who could decide.</summary>
    public IReadOnlyList<string>? EligibleApproverRoles { get; init; }

    /// <summary>Who would be asked next.</summary>
    public IReadOnlyList<string>? EscalationRoles { get; init; }

    /// <summary>How long people would have.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What would happen then.</summary>
    public OnTimeout? OnTimeout { get; init; }

    /// <summary>How many would have to approve.</summary>
    public int? ApprovalsRequired { get; init; }

    /// <summary>Each in a role of their own.</summary>
    public bool? DistinctRoles { get; init; }

    /// <summary>How long an approval could wait.</summary>
    public TimeSpan? ExecuteWithin { get; init; }

    /// <summary>Why an instance would end, where there is no advice.</summary>
    public Reason? Reason { get; init; }

    /// <summary>What was wrong with a service.</summary>
    public PolicyFailure? Failure { get; init; }

    /// <summary>Which rule spoke: <c>rules[0]</c>, or <c>default</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>What each policy said that this one is made of.</summary>
    public IReadOnlyList<TrialAnswer> Members { get; init; } = [];
}
