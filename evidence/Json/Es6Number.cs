using System.Buffers.Text;
using System.Globalization;

namespace Gantral.Evidence.Json;

/// <summary>Writes a double as ECMAScript's Number::toString does, which is how RFC 8785 writes numbers.</summary>
public static class Es6Number
{
    /// <summary>The most bytes a number takes: a sign, "0.00000" and 17 digits more.</summary>
    public const int MaxLength = 25;

    private const int MaxDigits = 17;

    /// <summary>Writes <paramref name="value"/> and returns how many bytes that took.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no NaN and no infinity.");
        }

        if (value == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = ShortestDigits(Math.Abs(value), digits, out var point);
        var sign = value < 0 ? 1 : 0;
        if (sign == 1)
        {
            destination[0] = (byte)'-';
        }

        return sign + Lay(digits[..count], point, destination[sign..]);
    }

    /// <summary>Lays out 0.DIGITS × 10^<paramref name="point"/>; the bounds 21 and -6 are ECMAScript's.</summary>
    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        if (point is > 21 or <= -6)
        {
            return LayScientific(digits, point - 1, destination);
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(destination);
            destination[digits.Length..point].Fill((byte)'0');
            return point;
        }

        var leadingZeros = Math.Max(-point, 0);
        var whole = Math.Max(point, 0);
        var length = 0;
        if (whole == 0)
        {
            destination[length++] = (byte)'0';
        }

        digits[..whole].CopyTo(destination);
        length += whole;
        destination[length++] = (byte)'.';
        destination.Slice(length, leadingZeros).Fill((byte)'0');
        length += leadingZeros;
        digits[whole..].CopyTo(destination[length..]);
        return length + digits.Length - whole;
    }

    private static int LayScientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination)
    {
        destination[0] = digits[0];
        var length = 1;
        if (digits.Length > 1)
        {
            destination[1] = (byte)'.';
            digits[1..].CopyTo(destination[2..]);
            length = digits.Length + 1;
        }

        destination[length++] = (byte)'e';
        destination[length++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), destination[length..], out var written);
        return length + written;
    }

    private static int ShortestDigits(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);

        // Below a power of two doubles lie twice as dense, and for two of those powers the runtime's shortest text
        // reads back as the neighbour. All 17 digits always read back.
        var isPowerOfTwo = (BitConverter.DoubleToUInt64Bits(value) & ((1UL << 52) - 1)) == 0;
        if (isPowerOfTwo && double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(text, out length, "E16", CultureInfo.InvariantCulture);
        }

        return SignificantDigits.Of(text[..length], digits, out point);
    }
}
