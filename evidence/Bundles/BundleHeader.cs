using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Bundles;

/// <summary>The line that says what a bundle is. Every number in it is checked against the lines that are there.</summary>
public sealed record BundleHeader
{
    /// <summary>The format of the file, frozen.</summary>
    public const string Format = "gantral/bundle/1";

    /// <summary>The rules by which entries are replayed, frozen.</summary>
    public const string Semantics = "gantral/authority/1";

    /// <summary>The origin of the log that lines without an origin of their own belong to.</summary>
    public required string Origin { get; init; }

    /// <summary>What the file shows.</summary>
    public required BundleScope Scope { get; init; }

    /// <summary>The instance, in an instance's bundle.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The first position, in a range.</summary>
    public long? From { get; init; }

    /// <summary>The position after the last, in a range or a log.</summary>
    public long? To { get; init; }

    /// <summary>How many lines of each kind follow; kinds without lines are left out.</summary>
    public required ImmutableSortedDictionary<LineKind, long> Counts { get; init; }

    /// <summary>The canonical bytes of the line, without its end.</summary>
    public byte[] ToLine()
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("counts"u8);
        json.BeginObject();
        foreach (var (kind, count) in Counts.OrderBy(pair => WireName.Of(pair.Key), StringComparer.Ordinal))
        {
            json.Name(WireName.Utf8Of(kind));
            json.Number(count);
        }

        json.EndObject();
        json.Name("format"u8);
        json.String(Format);
        Write(json, "from"u8, From);
        if (InstanceId is not null)
        {
            json.Name("instance_id"u8);
            json.String(InstanceId);
        }

        json.Name("kind"u8);
        json.String("header"u8);
        json.Name("origin"u8);
        json.String(Origin);
        json.Name("scope"u8);
        json.String(WireName.Utf8Of(Scope));
        json.Name("semantics"u8);
        json.String(Semantics);
        Write(json, "to"u8, To);
        json.EndObject();
        return json.Written.ToArray();
    }

    private static void Write(CanonicalWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value)
        {
            json.Name(name);
            json.Number(value);
        }
    }
}
