using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;

namespace Gantral.Client;

/// <summary>What a policy says, and on which terms people are asked.</summary>
public record AdviceTerms
{
    /// <summary>What is advised.</summary>
    public required PolicyDecision Decision { get; init; }

    /// <summary>Who may decide.</summary>
    public IReadOnlyList<string>? EligibleApproverRoles { get; init; }

    /// <summary>Who is asked when nobody decides in time.</summary>
    public IReadOnlyList<string>? EscalationRoles { get; init; }

    /// <summary>How long people have; no end unless said.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What happens then. Never an approval.</summary>
    public OnTimeout? OnTimeout { get; init; }

    /// <summary>How many different people must approve; 1 unless said.</summary>
    public int? ApprovalsRequired { get; init; }

    /// <summary>Whether each of them must act in a role of their own.</summary>
    public bool? DistinctRoles { get; init; }

    /// <summary>How long an approval may wait to be taken up.</summary>
    public TimeSpan? ExecuteWithin { get; init; }
}
