using System.Text.Json;
using System.Text.Json.Serialization;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client.Json;

/// <summary>Words of the vocabulary, in their one spelling.</summary>
internal sealed class WordConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireName.TryParse(reader.GetString(), out T word) ? word : throw new JsonException($"'{reader.GetString()}' is no {typeof(T).Name} that this client knows; take a newer one.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WireName.Of(value));
}
