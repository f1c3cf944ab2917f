using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Reports;

/// <summary>Which costs are added up: those that were recorded in a time.</summary>
/// <param name="Teams">For instances of these teams.</param>
/// <param name="Since">The first moment.</param>
/// <param name="Until">The moment after the last one.</param>
public sealed record CostScope(ImmutableArray<string> Teams, Instant Since, Instant Until)
{
    /// <summary>Only of this workflow.</summary>
    public string? WorkflowId { get; init; }
}
