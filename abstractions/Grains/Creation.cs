using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>What an instance is to be made of.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowVersion">Its version.</param>
/// <param name="OwningTeamId">The team that is to own the instance: the team of the workflow.</param>
/// <param name="TriggerContext">What it is created with.</param>
/// <param name="Start">Whether it starts in the same commit.</param>
public sealed record Creation(string WorkflowId, string WorkflowVersion, string OwningTeamId, CanonicalBytes TriggerContext, bool Start = true);
