using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Silo.Json;

/// <summary>One value out of a canonical text. Reading it as what it is not yields nothing.</summary>
/// <param name="Utf8">Its bytes.</param>
internal readonly record struct JsonValue(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>Whether it is null.</summary>
    public bool IsNull => Utf8.Span.SequenceEqual("null"u8);

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Utf8.Span[0] == (byte)'{';

    /// <summary>A text.</summary>
    public string? Text()
    {
        var reader = new CanonicalReader(Utf8.Span);
        return reader.Read() && reader.Token == JsonToken.String ? reader.GetString() : null;
    }

    /// <summary>A whole number that every reader holds exactly.</summary>
    public long? Integer()
    {
        var reader = new CanonicalReader(Utf8.Span);
        return reader.Read() && reader.TryGetInt64(out var number) ? number : null;
    }

    /// <summary>True or false.</summary>
    public bool? Flag() => Utf8.Span.SequenceEqual("true"u8) ? true : Utf8.Span.SequenceEqual("false"u8) ? false : null;

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string>? Texts()
    {
        var reader = new CanonicalReader(Utf8.Span);
        if (!reader.Read() || reader.Token != JsonToken.BeginArray)
        {
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.Token == JsonToken.String)
        {
            texts.Add(reader.GetString());
        }

        return reader.Token == JsonToken.EndArray ? texts.ToImmutable() : null;
    }

    /// <summary>The members of an object.</summary>
    public JsonFields? Fields() => IsObject ? JsonFields.Of(Canonical()) : null;

    /// <summary>The elements of a list.</summary>
    public ImmutableArray<JsonValue>? Elements()
    {
        var reader = new CanonicalReader(Utf8.Span);
        if (!reader.Read() || reader.Token != JsonToken.BeginArray)
        {
            return null;
        }

        var elements = ImmutableArray.CreateBuilder<JsonValue>();
        while (reader.TrySkip(out var element))
        {
            elements.Add(new JsonValue(Utf8.Slice(reader.Position - element.Length, element.Length)));
        }

        return elements.ToImmutable();
    }

    /// <summary>The value by itself.</summary>
    public CanonicalBytes Canonical() => CanonicalJson.Canonicalize(Utf8.Span);
}
