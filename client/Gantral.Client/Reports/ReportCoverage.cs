namespace Gantral.Client;

/// <summary>What a report is about.</summary>
/// <param name="OwningTeamId">Whose instances.</param>
/// <param name="WorkflowId">Of which workflow; null for all.</param>
/// <param name="Since">Created at this moment or later.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Instances">How many were looked at.</param>
/// <param name="IsComplete">Whether these are all; if not, a report since <paramref name="Until"/> goes on.</param>
public sealed record ReportCoverage(string OwningTeamId, string? WorkflowId, DateTimeOffset Since, DateTimeOffset Until, long Instances, bool IsComplete);
