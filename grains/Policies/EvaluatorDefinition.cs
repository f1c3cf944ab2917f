using System.Collections.Immutable;
using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>How a policy says that it is evaluated. A closed set: whoever handles one handles every one.</summary>
internal abstract record EvaluatorDefinition
{
    private EvaluatorDefinition()
    {
    }

    /// <summary>Rules, of which the first that matches wins.</summary>
    /// <param name="All">The rules, in the author's order.</param>
    /// <param name="Default">What is said when none matches.</param>
    public sealed record Rules(ImmutableArray<PolicyRule> All, PolicyAdvice Default) : EvaluatorDefinition;

    /// <summary>A service that is asked over HTTP.</summary>
    /// <param name="Policy">Which, and how.</param>
    public sealed record Http(HttpPolicy Policy) : EvaluatorDefinition;

    /// <summary>Other policies, all of which must let pass what passes.</summary>
    /// <param name="Members">Their versions, in the author's order.</param>
    public sealed record Composite(ImmutableArray<string> Members) : EvaluatorDefinition;
}
