using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>An object with a name: a component of the document, described once however often it is used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it is.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record Shape(string Name, string Text, params ImmutableArray<Field> Fields)
{
    /// <summary>Whether a field that is not described is refused, as in everything that is sent here.</summary>
    public bool IsClosed { get; init; }

    /// <summary>How many fields it has at least, where none alone must be there.</summary>
    public int? LeastFields { get; init; }

    /// <summary>What fields of any other name hold.</summary>
    public Form? Others { get; init; }

    /// <summary>The shapes of which it is one, told apart by what <see cref="Choice"/> says.</summary>
    public ImmutableArray<Shape> Variants { get; init; } = [];

    /// <summary>The field that tells the variants apart, each by its own word.</summary>
    public string? Choice { get; init; }

    /// <summary>A shape for what is sent here.</summary>
    public static Shape Sent(string name, string text, params ImmutableArray<Field> fields) => new(name, text, fields) { IsClosed = true };

    /// <summary>The same shape as a field has it.</summary>
    public Form Form => new(Name, new JsonObject { ["$ref"] = $"#/components/schemas/{Name}" }) { Shapes = [this] };

    /// <summary>The shapes that it is made of.</summary>
    public IEnumerable<Shape> Inner => Variants.Concat(Fields.SelectMany(one => one.Form.Shapes)).Concat(Others?.Shapes ?? []);

    /// <summary>Its JSON Schema.</summary>
    public JsonObject ToJson()
    {
        if (Variants.Length > 0)
        {
            return new JsonObject
            {
                ["description"] = Text,
                ["oneOf"] = new JsonArray([.. Variants.Select(variant => variant.Form.ToJson())]),
                ["discriminator"] = new JsonObject
                {
                    ["propertyName"] = Choice,
                    ["mapping"] = new JsonObject(Variants.SelectMany(variant => WordsOf(variant).Select(word => KeyValuePair.Create(word, (JsonNode?)variant.Form.ToJson()["$ref"]!.DeepClone())))),
                },
            };
        }

        var json = new JsonObject { ["type"] = "object", ["description"] = Text };
        if (Fields.Length > 0)
        {
            json["properties"] = new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Form.ToJson(field.Text))));
        }

        if (Fields.Any(field => field.IsRequired))
        {
            json["required"] = new JsonArray([.. Fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]);
        }

        if (LeastFields is { } least)
        {
            json["minProperties"] = least;
        }

        if (Others is not null)
        {
            json["additionalProperties"] = Others.ToJson();
        }
        else if (IsClosed)
        {
            json["additionalProperties"] = false;
        }

        return json;
    }

    // By these words a variant is chosen.
    private IEnumerable<string> WordsOf(Shape variant)
    {
        var choice = variant.Fields.Single(one => one.Name == Choice).Form.ToJson();
        return choice["enum"] is JsonArray words ? words.Select(word => (string)word!) : [(string)choice["const"]!];
    }
}
