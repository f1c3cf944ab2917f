using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>What a value looks like: in words for people, as JSON Schema for programs.</summary>
internal sealed record Form
{
    private readonly JsonObject _json;

    public Form(string words, JsonObject json) => (Words, _json) = (words, json);

    /// <summary>The words.</summary>
    public string Words { get; private init; }

    /// <summary>The shapes that it refers to.</summary>
    public ImmutableArray<Shape> Shapes { get; init; } = [];

    public static Form Id { get; } = new("UUID", Of("string", ("format", "uuid")));

    public static Form Name { get; } = Text("name", 1, PlainName.Longest);

    public static Form VersionId { get; } = Text("id@version", 3, 2 * PlainName.Longest + 1);

    public static Form Hash { get; } = new("SHA-256", Of("string", ("pattern", $"^[0-9a-f]{{{2 * Digest.Size}}}$")));

    public static Form Salt { get; } = new("salt", Of("string", ("pattern", $"^[0-9a-f]{{{2 * PrivateField.SaltSize}}}$")));

    public static Form Time { get; } = new("time", Of("string", ("format", "date-time")));

    public static Form Duration { get; } = new("duration", Of("string", ("format", "duration")));

    public static Form Flag { get; } = new("true or false", Of("boolean"));

    public static Form Names { get; } = ListOf(Name);

    public static Form Currency { get; } = new("currency", Of("string", ("pattern", "^[A-Z]{3}$")));

    public static Form Amount { get; } = new("decimal", Of("string", ("pattern", "^(0|[1-9][0-9]*)([.][0-9]+)?$")));

    /// <summary>Any object: what callers declare is theirs.</summary>
    public static Form Free { get; } = new("object", Of("object"));

    /// <summary>Any value.</summary>
    public static Form Any { get; } = new("any value", []);

    public static Form Text(string words = "text", int? least = null, int? most = null) =>
        new(words, Of("string", ("minLength", least), ("maxLength", most)));

    public static Form Whole(long? least = null, long? most = null) =>
        new("whole number", Of("integer", ("minimum", least), ("maximum", most)));

    public static Form Number { get; } = new("number", Of("number"));

    /// <summary>One of the words that an enumeration has.</summary>
    public static Form Word<T>() where T : struct, Enum => OneOf([.. WireName.All<T>()]);

    public static Form OneOf(params string[] words) =>
        new(string.Join(", ", words), new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) });

    /// <summary>Always the same word.</summary>
    public static Form Const(string word) => new($"\"{word}\"", Of("string", ("const", word)));

    public static Form ListOf(Form item, int? least = null, int? most = null)
    {
        var json = Of("array", ("minItems", least), ("maxItems", most));
        json["items"] = item.ToJson();
        return new Form($"list of {item.Words}", json) { Shapes = item.Shapes };
    }

    /// <summary>One of several kinds of value.</summary>
    public static Form Either(string words, params Form[] kinds) =>
        new(words, new JsonObject { ["anyOf"] = new JsonArray([.. kinds.Select(kind => kind.ToJson())]) }) { Shapes = [.. kinds.SelectMany(kind => kind.Shapes)] };

    /// <summary>What is no JSON.</summary>
    public static Form Bytes(string media) => media switch
    {
        "application/octet-stream" => new("bytes", []),
        _ => new(media.Split(';')[0], Of("string")),
    };

    /// <summary>The same, or null.</summary>
    public Form OrNull
    {
        get
        {
            var json = ToJson();
            if (json["type"] is JsonValue type && !json.ContainsKey("enum") && !json.ContainsKey("const"))
            {
                json["type"] = new JsonArray(type.DeepClone(), "null");
            }
            else
            {
                json = new JsonObject { ["anyOf"] = new JsonArray(json, Of("null")) };
            }

            return new Form($"{Words} or null", json) { Shapes = Shapes };
        }
    }

    /// <summary>Its JSON Schema, with what it says where it stands.</summary>
    public JsonObject ToJson(string? text = null)
    {
        var json = (JsonObject)_json.DeepClone();
        if (text is not null)
        {
            json["description"] = text;
        }

        return json;
    }

    private static JsonObject Of(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> bounds)
    {
        var json = new JsonObject { ["type"] = type };
        foreach (var (name, value) in bounds)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }
}
