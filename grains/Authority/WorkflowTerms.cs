using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Grains.Ledger;

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

    /// <summary>For how long after an instance's end its private content is kept; for ever, unless its author says otherwise.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What its runners are told. The core does not look at it: who does the work has no part in who may allow it.</summary>
    public Work? Work { get; init; }
}
