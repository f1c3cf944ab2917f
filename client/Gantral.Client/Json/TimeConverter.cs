using System.Text.Json;
using System.Text.Json.Serialization;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client.Json;

/// <summary>Moments in UTC, to the millisecond.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Instant.From(value).ToString());
}
