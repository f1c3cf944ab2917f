using System.Text;

namespace Gantral.Abstractions.Evidence;

/// <summary>
/// The UTF-8 bytes of one JSON value in canonical form (RFC 8785). Only the evidence library makes one, after it has
/// checked the value, so whoever holds it need not check again: equal values have equal bytes.
/// </summary>
public readonly struct CanonicalBytes : IEquatable<CanonicalBytes>
{
    private readonly ReadOnlyMemory<byte> _utf8;

    internal CanonicalBytes(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _utf8.Span;

    /// <summary>The bytes, for those who keep them.</summary>
    public ReadOnlyMemory<byte> Memory => _utf8;

    /// <summary>Whether there is no value at all.</summary>
    public bool IsEmpty => _utf8.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(CanonicalBytes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CanonicalBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <summary>Whether two values have the same bytes.</summary>
    public static bool operator ==(CanonicalBytes left, CanonicalBytes right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(CanonicalBytes left, CanonicalBytes right) => !left.Equals(right);
}
