using System.Collections.Immutable;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Policies;

/// <summary>Evaluates rules: the first one that matches wins. Equal questions get equal answers, always and everywhere.</summary>
internal sealed class RulesEvaluator : IPolicyEvaluator
{
    private readonly ImmutableArray<CompiledRule> _rules;
    private readonly ContextPaths _paths;
    private readonly PolicyAnswer _default;

    public RulesEvaluator(EvaluatorDefinition.Rules definition)
    {
        _paths = new ContextPaths(definition.All.SelectMany(rule => rule.When).OfType<RuleCondition.Context>().Select(condition => condition.Path));
        _rules = [.. definition.All.Select(Compile)];
        _default = new PolicyAnswer.Advised(definition.Default);
    }

    public ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) => new(Match(question)?.Then ?? _default);

    public ValueTask<PolicyTrial> TryAsync(PolicyQuestion question) => new(Match(question) is { } rule
        ? new PolicyTrial(question.PolicyVersionId, rule.Then) { Rule = $"rules[{rule.Place}]" }
        : new PolicyTrial(question.PolicyVersionId, _default) { Rule = "default" });

    private CompiledRule? Match(PolicyQuestion question)
    {
        var context = _paths.Read(question.ExecutionContext);
        foreach (var rule in _rules)
        {
            if (Matches(rule, question, context))
            {
                return rule;
            }
        }

        return null;
    }

    private CompiledRule Compile(PolicyRule rule, int place) => new(
        place,
        [.. rule.When.OfType<RuleCondition.Question>()],
        [.. rule.When.OfType<RuleCondition.Context>().Select(condition => (_paths.SlotOf(condition.Path), condition.Values))],
        new PolicyAnswer.Advised(rule.Then));

    private static bool Matches(CompiledRule rule, PolicyQuestion question, ReadOnlySpan<ReadOnlyMemory<byte>> context)
    {
        foreach (var condition in rule.Question)
        {
            if (!Holds(condition, question))
            {
                return false;
            }
        }

        foreach (var (slot, values) in rule.Context)
        {
            if (!values.Holds(context[slot].Span))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(RuleCondition.Question condition, PolicyQuestion question) => condition.Field switch
    {
        QuestionField.Step => question.Step is { } step && condition.Texts.Holds(step),
        QuestionField.Materiality => condition.Texts.Holds(WireName.Of(question.Materiality)),
        QuestionField.WorkflowId => condition.Texts.Holds(question.WorkflowId),
        QuestionField.ActorId => condition.Texts.Holds(question.ActorId),
        QuestionField.Role => condition.Texts.Holds(question.Roles),
        _ => throw new InvalidOperationException($"{condition.Field} is nothing that a rule can look at."),
    };

    private sealed record CompiledRule(int Place, ImmutableArray<RuleCondition.Question> Question, ImmutableArray<(int Slot, ValueTest Values)> Context, PolicyAnswer Then);
}
