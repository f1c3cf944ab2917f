using Gantral.Abstractions.Evidence;

namespace Gantral.Silo.Reports;

/// <summary>Which entries of a log a report is about.</summary>
/// <param name="LogId">The log.</param>
public sealed record ReportScope(int LogId)
{
    /// <summary>The first position.</summary>
    public long From { get; init; }

    /// <summary>The position after the last one; none for all that there are.</summary>
    public long? To { get; init; }

    /// <summary>Only the instances of this team.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>Only the instances of this workflow.</summary>
    public string? WorkflowId { get; init; }

    internal bool Covers(Entry entry) =>
        entry is { Subject.Type: SubjectType.Instance, Binding: { } binding }
        && (OwningTeamId is null || OwningTeamId == binding.OwningTeamId)
        && (WorkflowId is null || WorkflowId == binding.WorkflowId);
}
