using System.Globalization;

namespace Gantral.Abstractions.Vocabulary;

/// <summary>A moment in UTC to the millisecond, written <c>2026-01-02T03:04:05.678Z</c> and no other way.</summary>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>How many characters the text of an instant has.</summary>
    public const int TextLength = 24;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly long EarliestMilliseconds = DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds();
    private static readonly long LatestMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The instant of a date, its fraction of a millisecond cut off.</summary>
    public static Instant From(DateTimeOffset date) => new(date.ToUnixTimeMilliseconds());

    /// <summary>The same moment as a date.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>The instant <paramref name="span"/> later, at the latest the last one that can be written.</summary>
    public Instant Plus(TimeSpan span)
    {
        var later = UnixMilliseconds + (long)Math.Min(span.TotalMilliseconds, LatestMilliseconds);
        return new Instant(Math.Clamp(later, EarliestMilliseconds, LatestMilliseconds));
    }

    /// <summary>The time from <paramref name="earlier"/> to this instant.</summary>
    public TimeSpan Since(Instant earlier) => TimeSpan.FromMilliseconds(UnixMilliseconds - earlier.UnixMilliseconds);

    /// <summary>The later of two instants.</summary>
    public static Instant Later(Instant left, Instant right) => left >= right ? left : right;

    /// <summary>Reads the one spelling of an instant.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Instant instant)
    {
        instant = default;
        if (text.Length != TextLength
            || !DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            || date < DateTime.UnixEpoch)
        {
            return false;
        }

        instant = From(new DateTimeOffset(date, TimeSpan.Zero));
        return true;
    }

    /// <summary>Reads the one spelling of an instant from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Instant instant)
    {
        instant = default;
        if (utf8.Length != TextLength)
        {
            return false;
        }

        Span<char> text = stackalloc char[TextLength];
        for (var i = 0; i < TextLength; i++)
        {
            text[i] = (char)utf8[i];
        }

        return TryParse(text, out instant);
    }

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <inheritdoc/>
    public override string ToString() => ToDateTimeOffset().ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Whether the left instant is earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Whether the left instant is later.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Whether the left instant is no later.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Whether the left instant is no earlier.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;
}
