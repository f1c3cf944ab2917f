using System.Globalization;

namespace Gantral.Evidence.Json;

/// <summary>The text of a JSON number: its grammar, and whether a double holds it faithfully.</summary>
internal static class NumberText
{
    /// <summary>Longer texts are refused unread: no double needs them, and reading them is not free.</summary>
    public const int MaxLength = 128;

    // Any decimal of this many digits survives a normal double and back (DBL_DIG).
    private const int AlwaysSafeDigits = 15;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const ulong GreatestSafeInteger = (1UL << 53) - 1;

    /// <summary>
    /// Reads the number that <paramref name="text"/> starts with. <paramref name="length"/> is its length, or where it
    /// breaks the grammar; <paramref name="isPlain"/> says that it is its own canonical form without a further look.
    /// </summary>
    public static bool TryScan(ReadOnlySpan<byte> text, out int length, out bool isPlain)
    {
        isPlain = false;
        var start = text[0] == '-' ? 1 : 0;
        length = start;
        var value = 0UL;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (ulong)(text[length++] - '0');
        }

        var digits = length - start;
        if (digits == 0)
        {
            return false;
        }

        if (digits > 1 && text[start] == '0')
        {
            length = start + 1;
            return false;
        }

        if (length == text.Length || text[length] is not ((byte)'.' or (byte)'e' or (byte)'E'))
        {
            // Sixteen digits cannot have wrapped round; minus zero is written as zero, so it is not plain.
            isPlain = digits <= 16 && value <= GreatestSafeInteger && (value != 0 || start == 0);
            return true;
        }

        return TryScanFraction(text, ref length) && TryScanExponent(text, ref length);
    }

    /// <summary>Whether the text denotes a finite double whose own digits, at the text's length, are the text's.</summary>
    public static bool TryReadExact(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length > MaxLength)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        var wanted = digits[..SignificantDigits.Of(text, digits, out _)];
        if (wanted.IsEmpty)
        {
            return true;
        }

        var parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (!parsed || !double.IsFinite(value) || value == 0)
        {
            return false;
        }

        return (wanted.Length <= AlwaysSafeDigits && Math.Abs(value) >= SmallestNormal)
            || IsShortest(value, wanted)
            || IsExactAt(value, wanted);
    }

    private static bool TryScanFraction(ReadOnlySpan<byte> text, ref int length)
    {
        if (text[length] != '.')
        {
            return true;
        }

        length++;
        return TryScanDigits(text, ref length);
    }

    private static bool TryScanExponent(ReadOnlySpan<byte> text, ref int length)
    {
        if (length == text.Length || text[length] is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        length++;
        if (length < text.Length && text[length] is (byte)'+' or (byte)'-')
        {
            length++;
        }

        return TryScanDigits(text, ref length);
    }

    private static bool TryScanDigits(ReadOnlySpan<byte> text, ref int length)
    {
        var start = length;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            length++;
        }

        return length > start;
    }

    private static bool IsShortest(double value, ReadOnlySpan<byte> wanted)
    {
        // The canonical form must itself be accepted, also where it is not the nearest decimal of its length.
        Span<byte> text = stackalloc byte[Es6Number.MaxLength];
        Span<byte> digits = stackalloc byte[Es6Number.MaxLength];
        var length = Es6Number.Format(value, text);
        return wanted.SequenceEqual(digits[..SignificantDigits.Of(text[..length], digits, out _)]);
    }

    private static bool IsExactAt(double value, ReadOnlySpan<byte> wanted)
    {
        Span<char> format = stackalloc char[4];
        format[0] = 'E';
        (wanted.Length - 1).TryFormat(format[1..], out var formatLength, default, CultureInfo.InvariantCulture);

        Span<byte> text = stackalloc byte[MaxLength + 16];
        Span<byte> digits = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, format[..(formatLength + 1)], CultureInfo.InvariantCulture);
        return wanted.SequenceEqual(digits[..SignificantDigits.Of(text[..length], digits, out _)]);
    }
}
