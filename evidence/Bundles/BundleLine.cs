using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Bundles;

/// <summary>
/// One line of a bundle, read but not believed. Every line is canonical JSON, so a value inside it stands there in its
/// own canonical bytes and can be hashed as it is, and no byte of the file is without meaning.
/// </summary>
internal readonly ref struct BundleLine
{
    /// <summary>The longest line there can be.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How much JSON one line can hold.</summary>
    public static JsonLimits Limits { get; } = new() { MaxBytes = MaxBytes };

    public LineKind Kind { get; private init; }

    /// <summary>The log the line belongs to, if it is not the header's.</summary>
    public string? Origin { get; private init; }

    public long Position { get; private init; }

    public ReadOnlySpan<byte> Entry { get; private init; }

    public ReadOnlySpan<byte> Fields { get; private init; }

    public Digest Hash { get; private init; }

    public ImmutableArray<Digest> Hashes { get; private init; }

    public long First { get; private init; }

    public long Second { get; private init; }

    public long Size { get; private init; }

    public string? Note { get; private init; }

    public BundleHeader? Header { get; private init; }

    /// <summary>Reads a line; the fault says why it is none.</summary>
    public static BundleLine Read(ReadOnlySpan<byte> utf8, out LineFault? fault)
    {
        // The fields of all kinds, in the one order that canonical names can have.
        var fields = new FieldReader(utf8, Limits);
        fields.Open();
        var counts = ReadCounts(ref fields);
        fields.Raw("entry"u8, out var entry);
        fields.Raw("fields"u8, out var payload);
        var first = fields.Integer("first"u8);
        var format = fields.Text("format"u8);
        var from = fields.Integer("from"u8);
        var hash = fields.Hash("hash"u8);
        var hashes = fields.Hashes("hashes"u8);
        var instanceId = fields.Text("instance_id"u8);
        var kindText = fields.Text("kind"u8);
        var note = fields.Text("note"u8);
        var origin = fields.Text("origin"u8);
        var position = fields.Integer("position"u8);
        var scope = fields.Enum<BundleScope>("scope"u8);
        var second = fields.Integer("second"u8);
        var semantics = fields.Text("semantics"u8);
        var size = fields.Integer("size"u8);
        var to = fields.Integer("to"u8);
        fields.Close();

        var line = default(BundleLine);
        if (fields.Fault is { } wrong)
        {
            fault = OtherFormat(utf8) is { } other ? new LineFault($"this is {other}, not {BundleHeader.Format}", UnknownFormat: true) : new LineFault(wrong, false);
            return line;
        }

        if (!WireName.TryParse<LineKind>(kindText, out var kind))
        {
            fault = new LineFault($"lines of kind '{kindText}' are not known", false);
            return line;
        }

        var present = Bits(counts is not null, !entry.IsEmpty, !payload.IsEmpty, first is not null, format is not null, from is not null,
            hash is not null, hashes is not null, instanceId is not null, note is not null, origin is not null, position is not null,
            scope is not null, second is not null, semantics is not null, size is not null, to is not null);
        if (!Fits(kind, present, scope))
        {
            fault = new LineFault($"a line of kind {WireName.Of(kind)} has other fields", false);
            return line;
        }

        if (kind == LineKind.Header && (format != BundleHeader.Format || semantics != BundleHeader.Semantics))
        {
            fault = new LineFault($"this is {format} under {semantics}; known are {BundleHeader.Format} and {BundleHeader.Semantics}", UnknownFormat: IsOurs(format) && IsOurs(semantics));
            return line;
        }

        fault = null;
        return new BundleLine
        {
            Kind = kind,
            Origin = origin,
            Position = position ?? 0,
            Entry = entry,
            Fields = payload,
            Hash = hash ?? default,
            Hashes = hashes ?? [],
            First = first ?? 0,
            Second = second ?? 0,
            Size = size ?? 0,
            Note = note,
            Header = kind != LineKind.Header ? null : new BundleHeader
            {
                Origin = origin!,
                Scope = scope!.Value,
                InstanceId = instanceId,
                From = from,
                To = to,
                Counts = counts!,
            },
        };
    }

    // Which fields each kind has: those it must have, and those it may have. The bits follow the order above.
    private const int Counts = 1, EntryBit = 2, Payload = 4, FirstBit = 8, FormatBit = 16, From = 32, HashBit = 64, HashList = 128,
        InstanceId = 256, NoteBit = 512, OriginBit = 1024, PositionBit = 2048, Scope = 4096, SecondBit = 8192, Semantics = 16384, SizeBit = 32768, To = 65536;

    private static bool Fits(LineKind kind, int present, BundleScope? scope)
    {
        var (must, may) = kind switch
        {
            LineKind.Header => (Counts | FormatBit | OriginBit | Scope | Semantics | scope switch
            {
                BundleScope.Instance => InstanceId,
                BundleScope.Range => From | To,
                _ => To,
            }, 0),
            LineKind.Entry => (EntryBit | PositionBit, OriginBit),
            LineKind.Leaf => (HashBit | PositionBit, 0),
            LineKind.Proof => (HashList | PositionBit | SizeBit, OriginBit),
            LineKind.Checkpoint => (NoteBit, 0),
            LineKind.Consistency => (FirstBit | HashList | SecondBit, OriginBit),
            LineKind.Frontier => (HashList | SizeBit, 0),
            LineKind.Payload => (Payload | PositionBit, OriginBit),
            _ => (-1, 0),
        };
        return (present & must) == must && (present & ~(must | may)) == 0;
    }

    private static int Bits(params ReadOnlySpan<bool> present)
    {
        var bits = 0;
        for (var i = 0; i < present.Length; i++)
        {
            bits |= present[i] ? 1 << i : 0;
        }

        return bits;
    }

    private static ImmutableSortedDictionary<LineKind, long>? ReadCounts(ref FieldReader fields)
    {
        if (!fields.Begin("counts"u8))
        {
            return null;
        }

        var counts = ImmutableSortedDictionary.CreateBuilder<LineKind, long>();
        foreach (var kind in CountedKinds)
        {
            if (fields.Integer(WireName.Utf8Of(kind)) is { } count)
            {
                if (count == 0)
                {
                    fields.Fail("counts leave out what is not there");
                }

                counts[kind] = count;
            }
        }

        fields.End();
        return counts.ToImmutable();
    }

    private static readonly ImmutableArray<LineKind> CountedKinds =
        [.. Enum.GetValues<LineKind>().Where(kind => kind != LineKind.Header).OrderBy(WireName.Of, StringComparer.Ordinal)];

    private static bool IsOurs(string? name) => name is not null && name.StartsWith("gantral/", StringComparison.Ordinal);

    // A header of another version may have fields that this one has not; its format is all that matters then.
    private static string? OtherFormat(ReadOnlySpan<byte> utf8) =>
        FieldReader.Peek(utf8, "format"u8) is { } format && format != BundleHeader.Format && IsOurs(format) ? format : null;
}
