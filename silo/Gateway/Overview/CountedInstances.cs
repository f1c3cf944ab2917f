using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>How many instances of a workflow are in a state.</summary>
/// <param name="OwningTeamId">Whose they are.</param>
/// <param name="WorkflowId">Of which workflow.</param>
/// <param name="State">In which state.</param>
/// <param name="Count">How many.</param>
/// <param name="TimedOut">How many of them ended because nobody decided in time.</param>
internal sealed record CountedInstances(string OwningTeamId, string WorkflowId, ExecutionState State, long Count, long TimedOut);
