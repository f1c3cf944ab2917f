using System.Collections.Immutable;

namespace Gantral.Abstractions.Definitions;

/// <summary>A step that a workflow declares.</summary>
/// <param name="Step">Its name.</param>
/// <param name="After">The steps it follows: shown, not enforced.</param>
/// <param name="Governed">Whether agents must ask before it.</param>
public sealed record WorkflowStep(string Step, ImmutableArray<string> After, bool Governed);
