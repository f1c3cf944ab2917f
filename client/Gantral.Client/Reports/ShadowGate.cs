namespace Gantral.Client;

/// <summary>A gate that would have fired.</summary>
/// <param name="WorkflowId">In which workflow.</param>
/// <param name="WorkflowVersion">In which version of it.</param>
/// <param name="Step">Before which step; null for the start.</param>
/// <param name="Role">Which role could have decided, once for each.</param>
/// <param name="Reason">REQUIRE_HUMAN, or why the instance would have ended.</param>
/// <param name="Count">How often.</param>
public sealed record ShadowGate(string WorkflowId, string WorkflowVersion, string? Step, string? Role, string Reason, long Count);
