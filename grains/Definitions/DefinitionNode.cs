using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Definitions;

/// <summary>One value of a definition, and where it stands. Reading it as what it is not is a fault there.</summary>
/// <param name="Faults">Where faults are told.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="Json">Its canonical bytes; empty for a field that is missing.</param>
internal readonly record struct DefinitionNode(DefinitionFaults Faults, string Path, ReadOnlyMemory<byte> Json)
{
    private const int LongestName = 200;
    private const int MostElements = 1000;

    // Instants have milliseconds: with less, time would be over at the moment of asking.
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(366);

    /// <summary>What kind of value it is.</summary>
    public JsonToken Kind => Json.IsEmpty ? JsonToken.None : Json.Span[0] switch
    {
        (byte)'{' => JsonToken.BeginObject,
        (byte)'[' => JsonToken.BeginArray,
        (byte)'"' => JsonToken.String,
        (byte)'t' => JsonToken.True,
        (byte)'f' => JsonToken.False,
        (byte)'n' => JsonToken.Null,
        _ => JsonToken.Number,
    };

    /// <summary>Says what is wrong with it.</summary>
    public void Fail(string fault) => Faults.Add(Path, fault);

    /// <summary>The fields of an object.</summary>
    public DefinitionFields Fields()
    {
        Expect(JsonToken.BeginObject, "must be an object");
        return new DefinitionFields(this);
    }

    /// <summary>The elements of a list.</summary>
    public ImmutableArray<DefinitionNode> Elements()
    {
        if (!Expect(JsonToken.BeginArray, "must be a list"))
        {
            return [];
        }

        var elements = ImmutableArray.CreateBuilder<DefinitionNode>();
        var reader = new CanonicalReader(Json.Span);
        reader.Read();
        while (reader.TrySkip(out var element))
        {
            elements.Add(new DefinitionNode(Faults, $"{Path}[{elements.Count}]", Json.Slice(reader.Position - element.Length, element.Length)));
        }

        if (elements.Count > MostElements)
        {
            Fail($"has more than {MostElements} elements");
        }

        return elements.ToImmutable();
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        if (!Expect(JsonToken.String, "must be a text"))
        {
            return "";
        }

        var reader = new CanonicalReader(Json.Span);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>A name: of a step, a role, a team.</summary>
    public string Name() => Name(LongestName);

    /// <summary>The id of a version: a name, an @ and another name.</summary>
    public string VersionId() => Name(LongestName + 1 + LongestName);

    /// <summary>Half of a version's id, which is both halves with an @ between.</summary>
    public string IdPart()
    {
        var name = Name();
        if (name.Contains('@', StringComparison.Ordinal))
        {
            Fail("must not contain @, which separates an id from its version");
        }

        return name;
    }

    /// <summary>A list of names, each once.</summary>
    public ImmutableArray<string> Names()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in Elements())
        {
            var name = element.Name();
            if (!seen.Add(name))
            {
                element.Fail($"repeats '{name}'");
            }

            names.Add(name);
        }

        return names.ToImmutable();
    }

    /// <summary>True or false.</summary>
    public bool Flag()
    {
        if (Kind is not (JsonToken.True or JsonToken.False))
        {
            Fail("must be true or false");
        }

        return Kind == JsonToken.True;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Count(int least, int most)
    {
        var reader = new CanonicalReader(Json.Span);
        if (reader.Read() && reader.TryGetInt64(out var count) && count >= least && count <= most)
        {
            return (int)count;
        }

        Fail($"must be a whole number from {least} to {most}");
        return least;
    }

    /// <summary>One of the words that an enumeration has.</summary>
    public T Word<T>() where T : struct, Enum
    {
        if (!WireName.TryParse<T>(Text(), out var value))
        {
            Fail($"must be one of {string.Join(", ", WireName.All<T>())}");
        }

        return value;
    }

    /// <summary>A time, as ISO 8601 writes durations.</summary>
    public TimeSpan Duration() => Duration(LongestTime);

    /// <summary>A time of at most so long, as ISO 8601 writes durations.</summary>
    public TimeSpan Duration(TimeSpan longest)
    {
        var text = Text();
        try
        {
            if (XmlConvert.ToTimeSpan(text) is var span && span >= ShortestTime && span <= longest)
            {
                return span;
            }
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            // Told below, like every other fault.
        }

        Fail($"must be an ISO 8601 duration such as PT30M, positive and at most {longest.Days} days");
        return longest;
    }

    private string Name(int longest)
    {
        var name = Text();
        if (Faults.First is null)
        {
            var fault = string.IsNullOrWhiteSpace(name) ? "must not be empty"
                : name.EnumerateRunes().Count() > longest ? $"is longer than {longest} characters"
                : name.EnumerateRunes().Any(Rune.IsControl) ? "has control characters"
                : null;
            if (fault is not null)
            {
                Fail(fault);
            }
        }

        return name;
    }

    private bool Expect(JsonToken kind, string fault)
    {
        if (Kind == kind)
        {
            return true;
        }

        Fail(fault);
        return false;
    }
}
