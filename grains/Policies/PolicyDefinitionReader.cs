using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Gantral.Abstractions.Evidence;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>Reads what an author wrote about a policy: all of it is understood, or the first fault is named.</summary>
internal static class PolicyDefinitionReader
{
    private const int MostMembers = 16;

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

    private static EvaluatorDefinition Evaluator(DefinitionFields fields)
    {
        var evaluator = fields.Required("evaluator");
        switch (evaluator.Text())
        {
            case "rules":
                return new EvaluatorDefinition.Rules(
                    [.. fields.Required("rules").Elements().Select(RuleReader.Rule)],
                    fields.Optional("default") is { } advice ? AdviceReader.Advice(advice) : AdviceReader.Deny);
            case "http":
                return new EvaluatorDefinition.Http(HttpPolicyReader.Read(fields));
            case "all":
                return new EvaluatorDefinition.Composite(Members(fields.Required("members")));
            default:
                evaluator.Fail("must be 'rules', 'http' or 'all'");
                return new EvaluatorDefinition.Rules([], AdviceReader.Deny);
        }
    }

    private static ImmutableArray<string> Members(DefinitionNode node)
    {
        var elements = node.Elements();
        if (elements.Length is 0 or > MostMembers)
        {
            node.Fail($"must name 1 to {MostMembers} policy versions");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            var member = element.VersionId();
            if (!seen.Add(member))
            {
                element.Fail($"repeats '{member}'");
            }
        }

        return [.. elements.Select(element => element.Text())];
    }
}
