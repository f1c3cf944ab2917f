using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Abstractions.Policy;

/// <summary>An answer of policy that could be understood.</summary>
public sealed record PolicyAdvice(PolicyDecision Decision)
{
    /// <summary>Who may decide.</summary>
    public ImmutableArray<string> EligibleApproverRoles { get; init; } = [];

    /// <summary>Who is asked when nobody decides in time.</summary>
    public ImmutableArray<string> EscalationRoles { get; init; } = [];

    /// <summary>How long people have.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What happens then.</summary>
    public OnTimeout OnTimeout { get; init; }

    /// <summary>How many different people must approve.</summary>
    public int ApprovalsRequired { get; init; } = 1;

    /// <summary>Whether each of them must act in a role of their own.</summary>
    public bool DistinctRoles { get; init; }

    /// <summary>How long an approval may wait to be taken up.</summary>
    public TimeSpan? ExecuteWithin { get; init; }
}
