using System.Text.Json.Nodes;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Reference;

/// <summary>What the document says may be sent is taken, and what it does not say is refused: asked of a real silo, field by field.</summary>
public sealed class StrictDocumentTests(ReferenceStory story) : IClassFixture<ReferenceStory>
{
    private const string Nobody = "undocumented";

    [Fact]
    public async Task A_parameter_that_is_not_described_is_refused_and_the_refusal_names_those_that_are()
    {
        foreach (var operation in Described())
        {
            var refused = (await AskAsync(operation, $"{Target(operation)}?{Nobody}=1", operation.Described.Examples[0].Body)).IsProblem(400, "invalid_body");
            var names = ServedDocument.Of(operation)["parameters"]?.AsArray().Where(one => (string?)one!["in"] == "query").Select(one => (string)one!["name"]!).ToList() ?? [];
            Assert.Contains($"'{Nobody}' is not a parameter of this request; it knows {(names.Count == 0 ? "none" : string.Join(", ", names))}.", refused.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_parameter_that_is_described_is_taken_with_its_example_and_refused_twice()
    {
        foreach (var operation in Described())
        {
            foreach (var parameter in ServedDocument.Of(operation)["parameters"]?.AsArray().Where(one => (string?)one!["in"] == "query") ?? [])
            {
                var asked = $"{Target(operation)}?{parameter!["name"]}={Uri.EscapeDataString((parameter["example"] is JsonArray several ? several[0] : parameter["example"])!.ToString())}";
                var answered = await AskAsync(operation, asked, null);

                // A cursor is of one list alone, and the one that is shown is of another.
                Assert.True(answered.Status == 200 || ((string)parameter["name"]! == "cursor" && answered.Detail.Contains("the cursor is none", StringComparison.Ordinal)), asked);
                if (operation.Described.Query.Single(one => one.Name == (string)parameter["name"]!).IsRepeated)
                {
                    continue;
                }

                (await AskAsync(operation, $"{asked}&{asked.Split('?')[1]}", null)).IsProblem(400, "invalid_body");
            }
        }
    }

    [Fact]
    public async Task A_field_that_is_not_described_is_refused_by_its_path_wherever_it_stands()
    {
        var asked = 0;
        foreach (var (operation, body, schema) in Bodies())
        {
            foreach (var (_, path, _) in Objects(schema, body, ""))
            {
                var changed = body.DeepClone();
                At(changed, path)[Nobody] = 1;
                await RefusedAsync(operation, changed, $"{path}/{Nobody}");
                asked++;
            }
        }

        Assert.True(asked > 20, $"Only {asked} objects were found.");
    }

    [Fact]
    public async Task A_field_that_must_be_there_is_missed_by_its_path_and_every_other_may_be_left_out()
    {
        foreach (var (operation, body, schema) in Bodies())
        {
            foreach (var (shape, path, _) in Objects(schema, body, ""))
            {
                var required = shape["required"]?.AsArray().Select(name => (string)name!).ToList() ?? [];
                foreach (var name in required)
                {
                    var changed = body.DeepClone();
                    At(changed, path).Remove(name);
                    await RefusedAsync(operation, changed, $"{path}/{name}");
                }

                var least = body.DeepClone();
                foreach (var name in At(body, path).Select(field => field.Key).Where(name => shape["properties"]![name] is not null && !required.Contains(name)))
                {
                    At(least, path).Remove(name);
                }

                if (least.ToJsonString() != body.ToJsonString() && shape["minProperties"] is null)
                {
                    var answered = await AskAsync(operation, Target(operation), least.ToJsonString());
                    Assert.True(answered.Status != 400, $"{operation.Described.Id} {path}: {answered.Body?["detail"]}");
                }
            }
        }
    }

    [Fact]
    public async Task Every_field_that_is_described_is_known_to_whoever_reads_the_body()
    {
        foreach (var (operation, body, schema) in Bodies())
        {
            foreach (var (shape, path, _) in Objects(schema, body, ""))
            {
                foreach (var (name, form) in shape["properties"]?.AsObject() ?? [])
                {
                    var changed = body.DeepClone();
                    At(changed, path)[name] ??= SchemaSample.Of(form!.AsObject());
                    var answered = await AskAsync(operation, Target(operation), changed.ToJsonString());

                    // One that goes only with another is known all the same; one that is taken for something else is not.
                    var isKnown = answered.Status < 400 || answered.Code != "invalid_body" || (!answered.Detail.Contains("is not a field", StringComparison.Ordinal) && !answered.Detail.StartsWith($"{path}/{name} must be", StringComparison.Ordinal));
                    Assert.True(isKnown, $"{operation.Described.Id} {path}/{name}: {answered.Body?["detail"]}");
                }
            }
        }
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_everywhere_and_one_that_is_as_long_as_it_may_be_is_taken()
    {
        var longest = (int)ServedDocument.Json["components"]!["parameters"]!["IdempotencyKey"]!["schema"]!["maxLength"]!;
        foreach (var operation in Described().Where(operation => operation.IsPost))
        {
            Assert.Contains("#/components/parameters/IdempotencyKey", ServedDocument.Of(operation)["parameters"]!.AsArray().Select(one => (string?)one!["$ref"]));
            using var refused = await story.SendAsync(operation, Target(operation), "{}", new string('k', longest + 1));
            Assert.Contains("Idempotency-Key", (await Answered.ReadAsync(refused)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
            using var taken = await story.SendAsync(operation, Target(operation), "{}", new string('k', longest));
            Assert.DoesNotContain("Idempotency-Key", (await Answered.ReadAsync(taken)).Body!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<Operation> Described() => ServedDocument.Operations.Where(operation => operation.Access is not null);

    private static string Target(Operation operation) => operation.Described.Examples[0].Target(operation.Path).Split('?')[0];

    private static IEnumerable<(Operation Operation, JsonNode Body, JsonObject Schema)> Bodies() =>
        from operation in Described().Where(operation => operation.Described is { Body: not null, BodyMedia: "application/json" })
        from example in operation.Described.Examples
        select (operation, JsonNode.Parse(example.Body!)!, (JsonObject)ServedDocument.Of(operation)["requestBody"]!["content"]!["application/json"]!["schema"]!);

    // The objects of a body whose fields are described, each with its path.
    private static IEnumerable<(JsonObject Shape, string Path, JsonObject Value)> Objects(JsonObject schema, JsonNode? value, string path)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Objects(ServedDocument.Follow(reference), value, path);
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return choices.Select(one => one!.AsObject()).Where(one => !SchemaCheck.Faults(one, value).Any()).SelectMany(one => Objects(one, value, path));
        }

        return value switch
        {
            JsonArray items when schema["items"] is JsonObject item => items.SelectMany((one, place) => Objects(item, one, $"{path}/{place}")),
            JsonObject fields when schema["additionalProperties"] is JsonObject each => fields.SelectMany(field => Objects(each, field.Value, $"{path}/{field.Key}")),
            JsonObject fields when schema["additionalProperties"] is JsonValue =>
                fields.Where(field => schema["properties"]![field.Key] is not null)
                    .SelectMany(field => Objects(schema["properties"]![field.Key]!.AsObject(), field.Value, $"{path}/{field.Key}")).Prepend((schema, path, fields)),
            _ => [],
        };
    }

    private static JsonObject At(JsonNode body, string path) =>
        (JsonObject)path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(body, (node, part) => node is JsonArray items ? items[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!);

    private async Task RefusedAsync(Operation operation, JsonNode body, string path)
    {
        var refused = (await AskAsync(operation, Target(operation), body.ToJsonString())).IsProblem(400, "invalid_body");

        // A body says where by a JSON pointer, a definition as its author would.
        var written = path[1..].Split('/').Aggregate((all, part) => part.All(char.IsAsciiDigit) ? $"{all}[{part}]" : $"{all}.{part}");
        Assert.True(
            refused.Detail.Contains($"{path} ", StringComparison.Ordinal) || refused.Detail.Contains($"{written} ", StringComparison.Ordinal),
            $"{operation.Described.Id} without {path}: {refused.Detail}");
    }

    private async Task<Answered> AskAsync(Operation operation, string target, string? body)
    {
        using var response = await story.SendAsync(operation, target, body);
        var answered = await Answered.ReadAsync(response);
        ServedDocument.Check(operation, answered);
        return answered;
    }
}
