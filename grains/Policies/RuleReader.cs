using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>Reads a rule: what must hold, and what is said then.</summary>
internal static class RuleReader
{
    private const string ContextPrefix = "context.";

    /// <summary>Reads one rule.</summary>
    public static PolicyRule Rule(DefinitionNode node)
    {
        var fields = node.Fields();
        var when = fields.Required("when").Fields().Rest();
        var rule = new PolicyRule([.. when.Select(condition => Condition(condition.Key, condition.Value))], AdviceReader.Advice(node, fields));
        fields.End();
        return rule;
    }

    private static RuleCondition Condition(string key, DefinitionNode node)
    {
        if (key.StartsWith(ContextPrefix, StringComparison.Ordinal))
        {
            var path = key[ContextPrefix.Length..];
            if (path.Split('.').Contains(""))
            {
                node.Fail("must name a path in the context, such as context.amount");
            }

            return new RuleCondition.Context(path, Values(node));
        }

        if (!WireName.TryParse<QuestionField>(key, out var field))
        {
            node.Fail($"is nothing that a rule can look at; it can look at {string.Join(", ", WireName.All<QuestionField>())} and {ContextPrefix}<path>");
        }

        return new RuleCondition.Question(field, Texts(field, node));
    }

    private static TextTest Texts(QuestionField field, DefinitionNode node)
    {
        if (node.Kind != JsonToken.BeginObject)
        {
            return new TextTest(Many(node, one => Text(field, one)), []);
        }

        var fields = node.Fields();
        var test = new TextTest([], Many(fields.Required("not"), one => Text(field, one)));
        fields.End();
        return test;
    }

    private static string Text(QuestionField field, DefinitionNode node) =>
        field == QuestionField.Materiality ? WireName.Of(node.Word<Materiality>()) : node.Name();

    private static ValueTest Values(DefinitionNode node)
    {
        if (node.Kind != JsonToken.BeginObject)
        {
            return new ValueTest(Many(node, Value), []);
        }

        var fields = node.Fields();
        var test = new ValueTest([], fields.Optional("not") is { } unwanted ? Many(unwanted, Value) : [])
        {
            Above = Bound(fields.Optional("gt")),
            AtLeast = Bound(fields.Optional("gte")),
            Below = Bound(fields.Optional("lt")),
            AtMost = Bound(fields.Optional("lte")),
        };
        fields.End();
        if (test.AsksNothing)
        {
            node.Fail("must have at least one of gt, gte, lt, lte and not");
        }

        return test;
    }

    private static double? Bound(DefinitionNode? node)
    {
        if (node is not { } bound)
        {
            return null;
        }

        if (!CanonicalNumber.TryRead(bound.Json.Span, out var number))
        {
            bound.Fail("must be a number");
        }

        return number;
    }

    private static ReadOnlyMemory<byte> Value(DefinitionNode node)
    {
        if (node.Kind is JsonToken.BeginObject or JsonToken.BeginArray)
        {
            node.Fail("must be a text, a number, true, false or null");
        }

        return node.Json;
    }

    // One value stands for a list of one.
    private static ImmutableArray<T> Many<T>(DefinitionNode node, Func<DefinitionNode, T> read)
    {
        if (node.Kind != JsonToken.BeginArray)
        {
            return [read(node)];
        }

        var elements = node.Elements();
        if (elements.IsEmpty)
        {
            node.Fail("must not be empty: nothing could ever match it");
        }

        return [.. elements.Select(read)];
    }
}
