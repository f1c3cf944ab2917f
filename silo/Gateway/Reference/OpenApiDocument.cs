using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Writes what operations say of themselves as OpenAPI has it.</summary>
internal sealed class OpenApiDocument(ImmutableArray<Operation> operations)
{
    private const string Version = "3.1.0";
    private const string Key = "#/components/parameters/IdempotencyKey";

    public const string Introduction =
        """
        The execution control plane between agents and accountability. Before a governed step an agent asks; policy advises; where a person must decide, execution stops as state; and every transition commits together with signed evidence.

        Everything is JSON in `snake_case`; time is RFC 3339 in UTC, ids are UUIDs, hashes are 64 hexadecimal digits. Fields and parameters that are not described here are refused. A field that may be left out may also be null, but not in definitions of policies and workflows. Answers may get more fields.
        """;

    /// <summary>The document.</summary>
    public JsonObject ToJson() => new()
    {
        ["openapi"] = Version,
        ["info"] = new JsonObject
        {
            ["title"] = "Gantral",
            ["version"] = "v1",
            ["summary"] = "The execution control plane between AI agents and accountability.",
            ["description"] = Introduction,
            ["license"] = new JsonObject { ["name"] = "Apache 2.0", ["identifier"] = "Apache-2.0" },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The silo that this document comes from." }),
        ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        ["tags"] = new JsonArray([.. Tags.All.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Text })]),
        ["paths"] = new JsonObject(operations.GroupBy(operation => operation.Template).Select(path => KeyValuePair.Create(
            path.Key, (JsonNode?)new JsonObject(path.Select(operation => KeyValuePair.Create(operation.Method.ToLowerInvariant(), (JsonNode?)Of(operation))))))),
        ["components"] = Components(),
    };

    /// <summary>Every shape that operations use, by its name.</summary>
    public static ImmutableSortedDictionary<string, Shape> ShapesOf(IEnumerable<Operation> operations)
    {
        var found = new Dictionary<string, Shape>(StringComparer.Ordinal);
        var next = new Stack<Shape>(operations.SelectMany(Used).Append(ProblemShape.Problem));
        while (next.TryPop(out var shape))
        {
            if (found.TryAdd(shape.Name, shape))
            {
                foreach (var inner in shape.Inner)
                {
                    next.Push(inner);
                }
            }
            else if (!ReferenceEquals(found[shape.Name], shape))
            {
                throw new InvalidOperationException($"Two shapes are called {shape.Name}.");
            }
        }

        return found.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<Shape> Used(Operation operation) =>
        (operation.Described.Body?.Shapes ?? []).Concat(operation.Described.Answers.SelectMany(answer => answer.Bodies).SelectMany(body => body.Form.Shapes));

    private static JsonObject Of(Operation operation)
    {
        var described = operation.Described;
        var json = new JsonObject
        {
            ["operationId"] = described.Id,
            ["tags"] = new JsonArray(described.Tag),
            ["summary"] = described.Summary,
            ["description"] = operation.Access is { } access ? $"{described.Text}\n\nWho: {access.Words}." : described.Text,
        };
        if (operation.Access is null)
        {
            json["security"] = new JsonArray();
        }

        if (ParametersOf(operation) is { Count: > 0 } parameters)
        {
            json["parameters"] = parameters;
        }

        if (described.Body is { } body)
        {
            json["requestBody"] = new JsonObject
            {
                ["required"] = body.Shapes.SelectMany(shape => shape.Variants.Append(shape)).Any(shape => shape.Fields.Any(field => field.IsRequired)),
                ["content"] = new JsonObject { [described.BodyMedia] = Content(body, described.Examples.Select(example => (example, example.Body))) },
            };
        }

        json["responses"] = OpenApiAnswers.Of(operation);
        return json;
    }

    private static JsonArray ParametersOf(Operation operation)
    {
        var parameters = new JsonArray();
        foreach (var part in operation.Parts)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = part.Name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = part.Text,
                ["schema"] = part.Form.ToJson(),
                ["example"] = Value(part.Form, part.Sample),
            });
        }

        foreach (var parameter in operation.Described.Query)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["description"] = parameter.Text,
                ["schema"] = (parameter.IsRepeated ? Form.ListOf(parameter.Form, most: 100) : parameter.Form).ToJson(),
                ["example"] = parameter.IsRepeated ? new JsonArray(parameter.Sample) : Value(parameter.Form, parameter.Sample),
            });
        }

        if (operation.IsPost)
        {
            parameters.Add(new JsonObject { ["$ref"] = Key });
        }

        return parameters;
    }

    // What is a number in a query stands as one in an example.
    private static JsonNode? Value(Form form, string sample) =>
        (string?)form.ToJson()["type"] is "integer" or "boolean" ? JsonNode.Parse(sample) : sample;

    /// <summary>A body and its examples.</summary>
    public static JsonObject Content(Form form, IEnumerable<(Example Example, string? Text)> examples)
    {
        var content = new JsonObject { ["schema"] = form.ToJson() };
        var given = examples.Where(one => one.Text is not null).Select(one => KeyValuePair.Create(
            one.Example.Name, (JsonNode?)new JsonObject { ["summary"] = one.Example.Summary, ["value"] = IsText(form) ? one.Text : JsonNode.Parse(one.Text!) })).ToList();
        if (given.Count > 0)
        {
            content["examples"] = new JsonObject(given);
        }

        return content;
    }

    private static bool IsText(Form form) => (string?)form.ToJson()["type"] == "string";

    private JsonObject Components() => new()
    {
        ["securitySchemes"] = new JsonObject
        {
            ["bearer"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["bearerFormat"] = "JWT",
                ["description"] = "A token of an issuer that the operator has configured: OpenID Connect, or a workload's own.",
            },
        },
        ["parameters"] = new JsonObject
        {
            ["IdempotencyKey"] = new JsonObject
            {
                ["name"] = "Idempotency-Key",
                ["in"] = "header",
                ["description"] = "The same key of the same caller for the same team answers what it answered first; with another request it is `idempotency_conflict`. Without a key, each request is a command of its own.",
                ["schema"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255, ["pattern"] = "^[!-~]+$" },
                ["example"] = "deploy-CHG-1",
            },
        },
        ["headers"] = OpenApiAnswers.Headers(),
        ["examples"] = new JsonObject(operations.SelectMany(operation => operation.Refusals.SelectMany(codes => codes)).Distinct().Order()
            .Select(code => KeyValuePair.Create(WireName.Of(code), (JsonNode?)new JsonObject { ["summary"] = Meanings.Of(code), ["value"] = ProblemShape.Sample(code) }))
            .Append(KeyValuePair.Create(ProblemShape.InternalError, (JsonNode?)OpenApiAnswers.InternalError()))),
        ["schemas"] = new JsonObject(ShapesOf(operations).Select(shape => KeyValuePair.Create(shape.Key, (JsonNode?)shape.Value.ToJson()))),
    };
}
