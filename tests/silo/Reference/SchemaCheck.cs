using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace Gantral.Silo.Tests.Reference;

/// <summary>
/// Holds a value to a schema: as much of JSON Schema as the document uses, and no word of it overlooked. Stricter in one
/// thing: a field that is not described is a fault, also where more fields may come.
/// </summary>
internal static class SchemaCheck
{
    public static IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string at = "", bool isWhole = true)
    {
        foreach (var (word, meaning) in schema)
        {
            var faults = word switch
            {
                "$ref" => Faults(ServedDocument.Follow((string)meaning!), value, at, isWhole),
                "type" => Test(Types(meaning!).Contains(TypeOf(value)) || (TypeOf(value) == "integer" && Types(meaning!).Contains("number")), $"must be {meaning!.ToJsonString()}"),
                "const" => Test(JsonNode.DeepEquals(meaning, value), $"must be {meaning!.ToJsonString()}"),
                "enum" => Test(meaning!.AsArray().Any(one => JsonNode.DeepEquals(one, value)), $"must be one of {meaning.ToJsonString()}"),
                "pattern" => Test(TypeOf(value) != "string" || Regex.IsMatch((string)value!, (string)meaning!), $"must match {meaning}"),
                "format" => Test(TypeOf(value) != "string" || Fits((string)meaning!, (string)value!), $"must be a {meaning}"),
                "minLength" => Test(TypeOf(value) != "string" || ((string)value!).EnumerateRunes().Count() >= (int)meaning!, $"must be longer than {meaning}"),
                "maxLength" => Test(TypeOf(value) != "string" || ((string)value!).EnumerateRunes().Count() <= (int)meaning!, $"must be shorter than {meaning}"),
                "minimum" => Test(value is not JsonValue || TypeOf(value) != "integer" || (long)value >= (long)meaning!, $"must be at least {meaning}"),
                "maximum" => Test(value is not JsonValue || TypeOf(value) != "integer" || (long)value <= (long)meaning!, $"must be at most {meaning}"),
                "minItems" => Test(value is not JsonArray few || few.Count >= (int)meaning!, $"must have {meaning} or more"),
                "maxItems" => Test(value is not JsonArray many || many.Count <= (int)meaning!, $"must have {meaning} or fewer"),
                "minProperties" => Test(value is not JsonObject sparse || sparse.Count >= (int)meaning!, $"must have {meaning} fields or more"),
                "items" => value is JsonArray items ? items.SelectMany((item, place) => Faults((JsonObject)meaning!, item, $"{at}/{place}")) : [],
                "required" => value is JsonObject whole ? meaning!.AsArray().Where(name => !whole.ContainsKey((string)name!)).Select(name => $"{at}/{name} is missing") : [],
                "properties" => value is JsonObject fields ? Fields(schema, (JsonObject)meaning!, fields, at, isWhole) : [],
                "additionalProperties" => value is JsonObject others && meaning is JsonObject each ? others.SelectMany(other => Faults(each, other.Value, $"{at}/{other.Key}")) : [],
                "oneOf" => Test(meaning!.AsArray().Count(one => !Faults((JsonObject)one!, value, at).Any()) == 1, "must be exactly one of several"),
                "anyOf" => Any(meaning!.AsArray(), value, at),
                "allOf" => meaning!.AsArray().SelectMany(one => Faults((JsonObject)one!, value, at, isWhole: false)),
                "description" or "discriminator" => [],
                _ => [$"{at}: the check does not know the word {word}"],
            };
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }

        IEnumerable<string> Test(bool holds, string fault) => holds ? [] : [$"{at} {fault}, and is {value?.ToJsonString() ?? "null"}"];
    }

    private static IEnumerable<string> Fields(JsonObject schema, JsonObject described, JsonObject fields, string at, bool isWhole) => fields.SelectMany(field =>
        described[field.Key] is JsonObject known ? Faults(known, field.Value, $"{at}/{field.Key}")
        : isWhole && schema["additionalProperties"] is not JsonObject ? [$"{at}/{field.Key} is not described"]
        : []);

    // Of several that do not fit, the one that fits best says what is wrong.
    private static IEnumerable<string> Any(JsonArray choices, JsonNode? value, string at) =>
        choices.Select(one => Faults((JsonObject)one!, value, at).ToList()).MinBy(faults => faults.Count)!;

    private static IEnumerable<string> Types(JsonNode types) => types is JsonArray several ? several.Select(one => (string)one!) : [(string)types!];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value!.ToJsonString().Any(letter => letter is '.' or 'e' or 'E') ? "number" : "integer",
    };

    private static bool Fits(string format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "duration" => XmlConvert.ToTimeSpan(text) > TimeSpan.Zero,
        _ => throw new InvalidOperationException($"The check does not know the format {format}."),
    };
}
