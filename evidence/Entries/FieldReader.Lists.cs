using System.Collections.Immutable;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>Lists of texts, hashes and objects.</summary>
internal ref partial struct FieldReader
{
    public ImmutableArray<string> Texts(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.BeginArray))
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        while (Read() && _json.Token == JsonToken.String)
        {
            texts.Add(_json.Raw.Contains((byte)'\\') ? _json.GetString() : TextCache.OfThread.Get(_json.Raw));
        }

        if (Fault is null && (_json.Token != JsonToken.EndArray || texts.Count == 0))
        {
            Fail($"{Encoding.UTF8.GetString(name)} is not a list of texts, or an empty one");
        }

        Advance();
        return texts.ToImmutable();
    }

    /// <summary>Reads a list of hashes, which may be empty.</summary>
    public ImmutableArray<Digest>? Hashes(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.BeginArray))
        {
            return null;
        }

        var hashes = ImmutableArray.CreateBuilder<Digest>();
        while (Read() && _json.Token == JsonToken.String && Digest.TryParse(_json.Raw, out var hash))
        {
            hashes.Add(hash);
        }

        if (Fault is null && _json.Token != JsonToken.EndArray)
        {
            Fail($"{Encoding.UTF8.GetString(name)} is not a list of hashes");
        }

        Advance();
        return hashes.ToImmutable();
    }

    /// <summary>Reads a list of objects, each by <paramref name="readOne"/>.</summary>
    public ImmutableArray<T> Objects<T>(ReadOnlySpan<byte> name, ObjectReader<T> readOne)
    {
        if (!At(name) || !Expect(JsonToken.BeginArray))
        {
            return [];
        }

        var objects = ImmutableArray.CreateBuilder<T>();
        while (Read() && _json.Token == JsonToken.BeginObject)
        {
            Advance();
            objects.Add(readOne(ref this));
            EndElement();
        }

        if (Fault is null && (_json.Token != JsonToken.EndArray || objects.Count == 0))
        {
            Fail($"{Encoding.UTF8.GetString(name)} is not a list of objects, or an empty one");
        }

        Advance();
        return objects.ToImmutable();
    }

    private void EndElement()
    {
        if (Fault is null && _json.Token != JsonToken.EndObject)
        {
            Fail($"an element has a field that the format does not know: {Name()}");
        }
    }
}

/// <summary>Reads the fields of one object of a list.</summary>
internal delegate T ObjectReader<T>(ref FieldReader fields);
