namespace Gantral.Silo.Gateway.Hooks;

/// <summary>A trigger that takes messages.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowVersion">Its newest version.</param>
/// <param name="Place">Which of its triggers.</param>
internal readonly record struct HookedTrigger(string WorkflowId, string WorkflowVersion, int Place);
