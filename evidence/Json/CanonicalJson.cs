using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Json;

/// <summary>Canonical JSON (RFC 8785): one sequence of bytes for each value, over strict RFC 8259 text.</summary>
public static class CanonicalJson
{
    /// <summary>
    /// Writes the canonical form of a JSON text, or says why it is refused. Nothing is repaired: two texts that some
    /// parser could read differently never get the same bytes.
    /// </summary>
    public static bool TryCanonicalize(
        ReadOnlySpan<byte> utf8, JsonLimits limits, out CanonicalBytes canonical, out JsonFault fault)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var canonicalizer = new Canonicalizer(utf8, limits);
        var done = canonicalizer.Run();
        canonical = done ? new CanonicalBytes(canonicalizer.Output) : default;
        fault = canonicalizer.Fault;
        return done;
    }

    /// <summary>The canonical form of a JSON text, or a <see cref="JsonRefusedException"/>.</summary>
    public static CanonicalBytes Canonicalize(ReadOnlySpan<byte> utf8, JsonLimits? limits = null) =>
        TryCanonicalize(utf8, limits ?? JsonLimits.Default, out var canonical, out var fault)
            ? canonical
            : throw new JsonRefusedException(fault);

    /// <summary>Whether the bytes are one JSON value in canonical form already.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8, JsonLimits limits, out JsonFault fault)
    {
        var reader = new CanonicalReader(utf8, limits);
        while (reader.Read())
        {
        }

        fault = reader.Fault;
        return !reader.HasFault;
    }

    /// <summary>Takes bytes that were canonical when they were stored, without a copy; anything else is a fault of the storage.</summary>
    public static CanonicalBytes FromStorage(ReadOnlyMemory<byte> utf8) =>
        IsCanonical(utf8.Span, JsonLimits.Default, out var fault)
            ? new CanonicalBytes(utf8)
            : throw new InvalidDataException($"Stored content is not canonical JSON any more: {fault}.");
}
