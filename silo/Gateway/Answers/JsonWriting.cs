using System.Text.Json;
using System.Xml;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Answers;

/// <summary>How the types of the domain are spelled in an answer.</summary>
internal static class JsonWriting
{
    public static void Word<T>(this Utf8JsonWriter json, string name, T? value) where T : struct, Enum =>
        json.WriteString(name, value is { } known ? WireName.Of(known) : null);

    public static void Time(this Utf8JsonWriter json, string name, Instant? at) => json.WriteString(name, at?.ToString());

    public static void Duration(this Utf8JsonWriter json, string name, TimeSpan? span) =>
        json.WriteString(name, span is { } known ? XmlConvert.ToString(known) : null);

    public static void Count(this Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Hash(this Utf8JsonWriter json, string name, Digest? hash) => json.WriteString(name, hash?.ToString());

    public static void Value(this Utf8JsonWriter json, string name, CanonicalBytes? value)
    {
        if (value is { } canonical)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(canonical.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
