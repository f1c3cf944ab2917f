using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Gantral.Client.Json;

/// <summary>Lengths of time as ISO 8601 has them: <c>PT30M</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return XmlConvert.ToTimeSpan(reader.GetString() ?? "");
        }
        catch (FormatException wrong)
        {
            throw new JsonException("No duration of ISO 8601.", wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));
}
