namespace Gantral.Grains.Policies;

/// <summary>The one place that chooses who evaluates a policy.</summary>
internal static class PolicyEvaluators
{
    /// <summary>The evaluator that a definition names, compiled once.</summary>
    public static IPolicyEvaluator Of(EvaluatorDefinition definition) => definition switch
    {
        EvaluatorDefinition.Rules rules => new RulesEvaluator(rules),
        _ => throw new InvalidOperationException($"{definition.GetType().Name} has no evaluator."),
    };
}
