using System.Collections.Immutable;

namespace Gantral.Abstractions.Policy;

/// <summary>What came of a dry run of a policy version, and how it came to that. Nothing follows from it.</summary>
/// <param name="PolicyVersionId">The version that was asked.</param>
/// <param name="Answer">What it says.</param>
public sealed record PolicyTrial(string PolicyVersionId, PolicyAnswer Answer)
{
    /// <summary>What answered in a policy of rules: the rule by its place, such as <c>rules[0]</c>, or <c>default</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>Why a service gave no answer that counts.</summary>
    public PolicyFailure? Failure { get; init; }

    /// <summary>What each of the policies said that this one is made of.</summary>
    public ImmutableArray<PolicyTrial> Members { get; init; } = [];
}
