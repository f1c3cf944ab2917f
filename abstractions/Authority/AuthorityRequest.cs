using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

/// <summary>What a waiting instance asks of people: the <c>authority</c> of WAITING_FOR_HUMAN and ESCALATED.</summary>
public sealed record AuthorityRequest
{
    /// <summary>The governed step, or none for a start or an agent that suspended by itself.</summary>
    public string? Step { get; init; }

    /// <summary>Who may decide.</summary>
    public required ImmutableArray<string> EligibleApproverRoles { get; init; }

    /// <summary>Who is asked when nobody decides in time; empty at the last level.</summary>
    public ImmutableArray<string> EscalationRoles { get; init; } = [];

    /// <summary>How many different people must approve.</summary>
    public int ApprovalsRequired { get; init; } = 1;

    /// <summary>Whether each of them must act in a role of their own.</summary>
    public bool DistinctRoles { get; init; }

    /// <summary>From this instant on no decision counts; none where policy set no timeout.</summary>
    public Instant? DecideBy { get; init; }

    /// <summary>How long an approval may wait to be taken up.</summary>
    public TimeSpan? ExecuteWithin { get; init; }

    /// <summary>What happens at <see cref="DecideBy"/>.</summary>
    public OnTimeout OnTimeout { get; init; }

    /// <summary>The salted hash of exactly what people are shown.</summary>
    public required Digest ContextSnapshotHash { get; init; }
}
