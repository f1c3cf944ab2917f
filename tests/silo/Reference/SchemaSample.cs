using System.Text.Json.Nodes;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Tests.Reference;

/// <summary>A value that fits a schema of something that is sent.</summary>
internal static class SchemaSample
{
    public static JsonNode? Of(JsonObject schema) => schema switch
    {
        _ when (string?)schema["$ref"] is { } reference => Of(ServedDocument.Follow(reference)),
        _ when schema["anyOf"] is JsonArray choices => Of(choices[0]!.AsObject()),
        _ when schema["const"] is { } only => only.DeepClone(),
        _ when schema["enum"] is JsonArray words => words[0]!.DeepClone(),
        _ when schema["type"] is JsonArray types => Of(Named(schema, (string)types[0]!)),
        _ => (string?)schema["type"] switch
        {
            "string" => Text(schema),
            "integer" or "number" => 1,
            "boolean" => true,
            "array" => (int?)schema["minItems"] > 0 ? new JsonArray(Of(schema["items"]!.AsObject())) : [],
            "object" => new JsonObject((schema["required"]?.AsArray() ?? []).Select(name => KeyValuePair.Create((string)name!, Of(schema["properties"]![(string)name!]!.AsObject())))),
            var other => throw new InvalidOperationException($"No sample of {other}: {schema.ToJsonString()}"),
        },
    };

    private static JsonObject Named(JsonObject schema, string type)
    {
        var single = (JsonObject)schema.DeepClone();
        single["type"] = type;
        return single;
    }

    private static string Text(JsonObject schema) => ((string?)schema["format"] ?? (string?)schema["pattern"]) switch
    {
        "uuid" => Sample.Instance,
        "date-time" => Sample.Until,
        "duration" => "PT1M",
        "^[0-9a-f]{64}$" => Sample.Shown,
        "^sha256:[0-9a-f]{64}$" => $"sha256:{Sample.Shown}",
        "^[A-Z]{3}$" => "EUR",
        null when (int?)schema["minLength"] == 3 && (int?)schema["maxLength"] == 401 => "deploy-guard@7",
        null => "payments",
        var other => throw new InvalidOperationException($"No sample of {other}."),
    };
}
