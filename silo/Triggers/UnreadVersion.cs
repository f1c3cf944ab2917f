namespace Gantral.Silo.Triggers;

/// <summary>A workflow version whose triggers nobody has read yet.</summary>
/// <param name="LogId">The log of its registration.</param>
/// <param name="Subject">The key of its subject.</param>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowVersion">Its version.</param>
internal readonly record struct UnreadVersion(short LogId, Guid Subject, string WorkflowId, string WorkflowVersion);
