using System.Collections.Immutable;
using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>A rule of a policy.</summary>
/// <param name="When">What must hold, all of it.</param>
/// <param name="Then">What is said then.</param>
internal sealed record PolicyRule(ImmutableArray<RuleCondition> When, PolicyAdvice Then);
