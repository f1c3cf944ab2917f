using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>An execution instance as it is now.</summary>
public sealed record ExecutionInstance
{
    /// <summary>Its id.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The workflow it is bound to.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The version of the workflow, for good.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>The policy version it is bound to, for good.</summary>
    public required string PolicyVersionId { get; init; }

    /// <summary>How much is at stake.</summary>
    public required Materiality Materiality { get; init; }

    /// <summary>Whether policy stops it or is only recorded.</summary>
    public required Mode Mode { get; init; }

    /// <summary>Its state.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>How many entries it has.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether work may go on now.</summary>
    public required bool Runnable { get; init; }

    /// <summary>Why it was terminated.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Who created it; never who decides.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last entry was made.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What it was created with; null once erased.</summary>
    public JsonObject? TriggerContext { get; init; }

    /// <summary>What the work is to use; there only while it may go on.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>From this moment on its approval cannot be taken up any more.</summary>
    public DateTimeOffset? ExecuteBy { get; init; }

    /// <summary>What was recorded as spent, one sum for each currency.</summary>
    public IReadOnlyList<Money> Cost { get; init; } = [];

    /// <summary>What people are asked, while it waits.</summary>
    public PendingGate? Pending { get; init; }

    /// <summary>The decision that counted last.</summary>
    public LastDecision? LastDecision { get; init; }
}
