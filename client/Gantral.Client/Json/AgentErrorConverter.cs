using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantral.Client.Json;

/// <summary>Errors of agents: a text, or an object with a code and a message.</summary>
internal sealed class AgentErrorConverter : JsonConverter<AgentError>
{
    public override AgentError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var read = JsonDocument.ParseValue(ref reader);
        var error = read.RootElement;
        return error.ValueKind == JsonValueKind.String ? new AgentError(error.GetString()!)
            : error.ValueKind == JsonValueKind.Object && Text(error, "message") is { } message ? new AgentError(message, Text(error, "code"))
            : new AgentError(error.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, AgentError value, JsonSerializerOptions options)
    {
        if (value.Code is null)
        {
            writer.WriteStringValue(value.Message);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("code", value.Code);
        writer.WriteString("message", value.Message);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
