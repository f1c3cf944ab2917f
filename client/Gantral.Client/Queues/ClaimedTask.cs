using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;

namespace Gantral.Client;

/// <summary>A piece of work that is a runner's own for a time.</summary>
public sealed record ClaimedTask
{
    /// <summary>Its id.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Higher each time that the work is handed out. Whoever has a lower one has lost it.</summary>
    public required long FencingToken { get; init; }

    /// <summary>START: begin. RESUME: go on, in a new process, with what a person approved.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>The how manieth process this is for the same work.</summary>
    public required int Attempt { get; init; }

    /// <summary>The instance.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>Its workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The version of the workflow.</summary>
    public required string WorkflowVersion { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>Whether policy stops it or is only recorded.</summary>
    public required Mode Mode { get; init; }

    /// <summary>What the work is to use; of a RESUME what was approved, an override merged in. Null once erased.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>Where the process that suspended left off.</summary>
    public EvidenceReference? Checkpoint { get; init; }

    /// <summary>The connections whose secrets the work needs, as references.</summary>
    public IReadOnlyList<TaskConnection> Connections { get; init; } = [];

    /// <summary>Until when the work is the runner's own, by the silo's clock.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
