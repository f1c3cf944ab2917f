using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Reports;

/// <summary>What a report looks at: the instances of a team that were created in a time, and no more of them than it has patience for.</summary>
/// <param name="OwningTeamId">The team.</param>
/// <param name="Since">The first moment.</param>
/// <param name="Until">The moment after the last one.</param>
public sealed record ReportScope(string OwningTeamId, Instant Since, Instant Until)
{
    /// <summary>Only the instances of this workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>After so many instances no more are looked at.</summary>
    public int MostInstances { get; init; } = 20_000;

    /// <summary>After so long no more are looked at.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);
}
