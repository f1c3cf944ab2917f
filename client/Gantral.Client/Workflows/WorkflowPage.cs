namespace Gantral.Client;

/// <summary>A page of workflow versions.</summary>
/// <param name="Workflows">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record WorkflowPage(IReadOnlyList<RegisteredWorkflow> Workflows, string? NextCursor);
