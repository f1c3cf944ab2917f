using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Policies;

/// <summary>The one place that chooses who evaluates a policy.</summary>
internal sealed class PolicyEvaluators(IGrains grains, IHttpPolicies http)
{
    /// <summary>Why a policy may not be registered that is evaluated so, or nothing.</summary>
    public async ValueTask<Refusal?> RefusalAsync(string owningTeamId, EvaluatorDefinition definition) => definition switch
    {
        EvaluatorDefinition.Http asked => http.Refusal(asked.Policy) is { } refusal ? new Refusal(RefusalCode.InvalidBody, refusal) : null,
        EvaluatorDefinition.Composite composite => await new Members(grains).RefusalAsync(owningTeamId, composite.Members),
        _ => null,
    };

    /// <summary>The evaluator that a definition names, compiled once.</summary>
    public IPolicyEvaluator Of(string policyVersionId, EvaluatorDefinition definition) => definition switch
    {
        EvaluatorDefinition.Rules rules => new RulesEvaluator(rules),
        EvaluatorDefinition.Http asked => http.Of(policyVersionId, asked.Policy),
        EvaluatorDefinition.Composite composite => new AllEvaluator(grains, composite.Members),
        _ => throw new InvalidOperationException($"{definition.GetType().Name} has no evaluator."),
    };
}
