using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Bundles;

/// <summary>Writes the lines of a bundle, each in its only form and without its end.</summary>
public static class BundleLines
{
    /// <summary>An entry at its position.</summary>
    public static byte[] Entry(long position, CanonicalBytes entry, string? origin = null) => Line(LineKind.Entry, json =>
    {
        json.Name("entry"u8);
        json.Value(entry);
        Kind(json, LineKind.Entry);
        Origin(json, origin);
        Number(json, "position"u8, position);
    });

    /// <summary>The bare hash of an entry that is not shown.</summary>
    public static byte[] Leaf(long position, Digest hash) => Line(LineKind.Leaf, json =>
    {
        json.Name("hash"u8);
        json.Digest(hash);
        Kind(json, LineKind.Leaf);
        Number(json, "position"u8, position);
    });

    /// <summary>The proof that the entry at a position is in the tree of a size.</summary>
    public static byte[] Proof(long position, long size, IEnumerable<Digest> path, string? origin = null) => Line(LineKind.Proof, json =>
    {
        Hashes(json, path);
        Kind(json, LineKind.Proof);
        Origin(json, origin);
        Number(json, "position"u8, position);
        Number(json, "size"u8, size);
    });

    /// <summary>A signed head.</summary>
    public static byte[] Checkpoint(ReadOnlySpan<byte> note)
    {
        var text = System.Text.Encoding.UTF8.GetString(note);
        return Line(LineKind.Checkpoint, json =>
        {
            Kind(json, LineKind.Checkpoint);
            json.Name("note"u8);
            json.String(text);
        });
    }

    /// <summary>The proof that one head only adds to another.</summary>
    public static byte[] Consistency(long first, long second, IEnumerable<Digest> path, string? origin = null) => Line(LineKind.Consistency, json =>
    {
        Number(json, "first"u8, first);
        Hashes(json, path);
        Kind(json, LineKind.Consistency);
        Origin(json, origin);
        Number(json, "second"u8, second);
    });

    /// <summary>The tree before the first position of a range.</summary>
    public static byte[] Frontier(long size, IEnumerable<Digest> hashes) => Line(LineKind.Frontier, json =>
    {
        Hashes(json, hashes);
        Kind(json, LineKind.Frontier);
        Number(json, "size"u8, size);
    });

    /// <summary>The private content of the entry at a position; of an erased field, the hash alone.</summary>
    public static byte[] Payload(long position, IEnumerable<PrivateField> fields, IEnumerable<KeyValuePair<string, Digest>>? erased = null, string? origin = null)
    {
        var all = fields.ToDictionary(field => field.Name, PrivateField? (field) => field);
        var hashes = new Dictionary<string, Digest>(erased ?? []);
        return Line(LineKind.Payload, json =>
        {
            json.Name("fields"u8);
            json.BeginObject();
            foreach (var name in all.Keys.Concat(hashes.Keys).Order(StringComparer.Ordinal))
            {
                json.Name(name);
                json.BeginObject();
                if (all.GetValueOrDefault(name) is { } field)
                {
                    json.Name("salt"u8);
                    json.String(Convert.ToHexStringLower(field.Salt.Span));
                    json.Name("value"u8);
                    json.Value(field.Value);
                }
                else
                {
                    json.Name("hash"u8);
                    json.Digest(hashes[name]);
                }

                json.EndObject();
            }

            json.EndObject();
            Kind(json, LineKind.Payload);
            Origin(json, origin);
            Number(json, "position"u8, position);
        });
    }

    private static byte[] Line(LineKind kind, Action<CanonicalWriter> write)
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        write(json);
        json.EndObject();
        return json.Written.Length <= BundleLine.MaxBytes
            ? json.Written.ToArray()
            : throw new ArgumentException($"A line of kind {WireName.Of(kind)} has {json.Written.Length} bytes; {BundleLine.MaxBytes} is the most a bundle can hold.");
    }

    private static void Kind(CanonicalWriter json, LineKind kind)
    {
        json.Name("kind"u8);
        json.String(WireName.Utf8Of(kind));
    }

    private static void Origin(CanonicalWriter json, string? origin)
    {
        if (origin is not null)
        {
            json.Name("origin"u8);
            json.String(origin);
        }
    }

    private static void Number(CanonicalWriter json, ReadOnlySpan<byte> name, long number)
    {
        json.Name(name);
        json.Number(number);
    }

    private static void Hashes(CanonicalWriter json, IEnumerable<Digest> hashes)
    {
        json.Name("hashes"u8);
        json.BeginArray();
        foreach (var hash in hashes)
        {
            json.Digest(hash);
        }

        json.EndArray();
    }
}
