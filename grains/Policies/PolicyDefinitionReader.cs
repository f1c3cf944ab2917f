using System.Diagnostics.CodeAnalysis;
using Gantral.Abstractions.Evidence;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>Reads what an author wrote about a policy: all of it is understood, or the first fault is named.</summary>
internal static class PolicyDefinitionReader
{
    /// <summary>Reads a definition, or says what is wrong with it.</summary>
    public static bool TryRead(CanonicalBytes definition, [NotNullWhen(true)] out PolicyDefinition? policy, out string fault)
    {
        var faults = new DefinitionFaults();
        var fields = new DefinitionNode(faults, "", definition.Memory).Fields();
        var read = new PolicyDefinition(
            fields.Required("policy_id").IdPart(),
            fields.Required("version").IdPart(),
            fields.Optional("owning_team_id")?.Name(),
            fields.Optional("teams")?.Names() ?? [],
            Evaluator(fields));
        fields.End();
        fault = faults.First ?? "";
        policy = faults.First is null ? read : null;
        return policy is not null;
    }

    private static EvaluatorDefinition.Rules Evaluator(DefinitionFields fields)
    {
        var evaluator = fields.Required("evaluator");
        switch (evaluator.Text())
        {
            case "rules":
                return new EvaluatorDefinition.Rules(
                    [.. fields.Required("rules").Elements().Select(RuleReader.Rule)],
                    fields.Optional("default") is { } advice ? AdviceReader.Advice(advice) : AdviceReader.Deny);
            case "http" or "all":
                evaluator.Fail("is not available in this release; write the policy as 'rules'");
                break;
            default:
                evaluator.Fail("must be 'rules'");
                break;
        }

        return new EvaluatorDefinition.Rules([], AdviceReader.Deny);
    }
}
