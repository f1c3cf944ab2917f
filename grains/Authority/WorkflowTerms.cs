using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gantral.Grains.Authority;

/// <summary>What a workflow version says that matters to authority.</summary>
/// <param name="Steps">The steps it declares; nothing else may be asked for.</param>
public sealed record WorkflowTerms(FrozenSet<string> Steps)
{
    /// <summary>Who decides when an agent suspends by itself and policy names nobody.</summary>
    public ImmutableArray<string> DefaultApproverRoles { get; init; } = [];

    /// <summary>
    /// Whether a person is asked when policy cannot answer. Only LOW and MEDIUM may be so lenient, and only where
    /// <see cref="DefaultApproverRoles"/> names somebody.
    /// </summary>
    public bool HumanWhenPolicyUnavailable { get; init; }
}
