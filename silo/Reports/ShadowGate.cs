namespace Gantral.Silo.Reports;

/// <summary>A gate that would have fired.</summary>
/// <param name="WorkflowId">In which workflow.</param>
/// <param name="WorkflowVersion">In which version of it.</param>
/// <param name="Step">Before which step; none for the start.</param>
/// <param name="Role">Which role could have decided, once for each; none where nobody would have been asked.</param>
/// <param name="Reason">Why the instance would have ended, or REQUIRE_HUMAN.</param>
/// <param name="Count">How often.</param>
public sealed record ShadowGate(string WorkflowId, string WorkflowVersion, string? Step, string? Role, string Reason, long Count);
