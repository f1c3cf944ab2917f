using System.Buffers;
using System.Globalization;
using System.Text;

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
        Span<byte> ascii = stackalloc byte[TextLength];
        instant = default;
        return text.Length == TextLength
            && Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done
            && TryParse(ascii, out instant);
    }

    /// <summary>Reads the one spelling of an instant from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Instant instant)
    {
        instant = default;
        if (utf8.Length != TextLength || utf8[4] != '-' || utf8[7] != '-' || utf8[10] != 'T'
            || utf8[13] != ':' || utf8[16] != ':' || utf8[19] != '.' || utf8[23] != 'Z')
        {
            return false;
        }

        var (year, month, day) = (Number(utf8[..4]), Number(utf8[5..7]), Number(utf8[8..10]));
        var (hour, minute, second, millisecond) = (Number(utf8[11..13]), Number(utf8[14..16]), Number(utf8[17..19]), Number(utf8[20..23]));
        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond < 0)
        {
            return false;
        }

        instant = From(new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero));
        return true;
    }

    // -1 for anything but digits. Written out, for it is asked seven times of every entry that is verified.
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = 10 * number + digit - '0';
        }

        return number;
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
