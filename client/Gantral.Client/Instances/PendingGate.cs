using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>What people are asked while an instance waits.</summary>
public sealed record PendingGate
{
    /// <summary>Before which step; null for the start.</summary>
    public string? Step { get; init; }

    /// <summary>Who may decide now.</summary>
    public required IReadOnlyList<string> EligibleApproverRoles { get; init; }

    /// <summary>Who is asked when nobody decides in time.</summary>
    public IReadOnlyList<string> EscalationRoles { get; init; } = [];

    /// <summary>How many different people must approve.</summary>
    public required int ApprovalsRequired { get; init; }

    /// <summary>Whether each of them must act in a role of their own.</summary>
    public bool DistinctRoles { get; init; }

    /// <summary>The approvals that are there.</summary>
    public IReadOnlyList<GivenApproval> Approvals { get; init; } = [];

    /// <summary>Until when people may decide.</summary>
    public DateTimeOffset? DecideBy { get; init; }

    /// <summary>What happens then; never an approval.</summary>
    public required OnTimeout OnTimeout { get; init; }

    /// <summary>How long an approval may wait to be taken up.</summary>
    public TimeSpan? ExecuteWithin { get; init; }

    /// <summary>Exactly what a decision is about; null once erased.</summary>
    public JsonObject? ContextSnapshot { get; init; }

    /// <summary>SHA-256 over the salt and the canonical JSON of the snapshot. A decision names it.</summary>
    public required string ContextSnapshotHash { get; init; }

    /// <summary>The salt, so that whoever is shown the snapshot can compute the hash.</summary>
    public string? ContextSnapshotSalt { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }
}
