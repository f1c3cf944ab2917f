using System.Text.Json;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>An entry as an auditor reads it: its place and its hash, every field of the evidence, and what is left of what these only hash.</summary>
internal static class HistoryBody
{
    public static void Write(Utf8JsonWriter json, PlacedEntry placed)
    {
        json.WriteStartObject();
        WriteFields(json, placed);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of an object that is begun already.</summary>
    public static void WriteFields(Utf8JsonWriter json, PlacedEntry placed)
    {
        var entry = placed.Sealed;
        WriteEvidence(json, placed.Position, entry.Hash, entry.Bytes);
        json.WriteStartObject("payload");
        foreach (var field in entry.Payload)
        {
            json.WriteStartObject(field.Name);
            json.WriteString("salt", Convert.ToHexStringLower(field.Salt.Span));
            json.Value("value", field.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("erased");
        foreach (var (name, hash) in placed.Erased)
        {
            json.Hash(name, hash);
        }

        json.WriteEndObject();
    }

    /// <summary>The place, the hash and the fields of the evidence, which holds of private content the hashes only.</summary>
    public static void WriteEvidence(Utf8JsonWriter json, long position, Digest hash, CanonicalBytes bytes)
    {
        json.WriteNumber("position", position);
        json.Hash("entry_hash", hash);

        var fields = new CanonicalReader(bytes.Span);
        fields.Read();
        while (fields.Read() && fields.Token == JsonToken.Name)
        {
            json.WritePropertyName(fields.GetString());
            fields.TrySkip(out var value);
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }
}
