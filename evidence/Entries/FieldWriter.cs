using System.Collections.Immutable;
using System.Xml;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>Writes named fields; a field without a value is left out. <see cref="FieldReader"/> is its mirror.</summary>
internal static class FieldWriter
{
    public static void Text(this CanonicalWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.Name(name);
            json.String(text);
        }
    }

    public static void Texts(this CanonicalWriter json, ReadOnlySpan<byte> name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        json.Name(name);
        json.BeginArray();
        foreach (var text in texts)
        {
            json.String(text);
        }

        json.EndArray();
    }

    public static void Hash(this CanonicalWriter json, ReadOnlySpan<byte> name, Digest? hash)
    {
        if (hash is { } digest)
        {
            json.Name(name);
            json.Digest(digest);
        }
    }

    public static void Integer(this CanonicalWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value)
        {
            json.Name(name);
            json.Number(value);
        }
    }

    public static void Flag(this CanonicalWriter json, ReadOnlySpan<byte> name, bool? flag)
    {
        if (flag is { } value)
        {
            json.Name(name);
            json.Boolean(value);
        }
    }

    public static void Duration(this CanonicalWriter json, ReadOnlySpan<byte> name, TimeSpan? duration) =>
        json.Text(name, duration is { } span ? XmlConvert.ToString(span) : null);

    public static void Enum<T>(this CanonicalWriter json, ReadOnlySpan<byte> name, T? value) where T : struct, Enum
    {
        if (value is { } known)
        {
            json.Name(name);
            json.String(WireName.Utf8Of(known));
        }
    }
}
