namespace Gantral.Evidence.Json;

/// <summary>Takes the digits that matter out of a number's text, however it is spelled.</summary>
internal static class SignificantDigits
{
    /// <summary>
    /// Copies the digits without leading and trailing zeros; the number is 0.DIGITS × 10^<paramref name="point"/>.
    /// </summary>
    public static int Of(ReadOnlySpan<byte> number, Span<byte> digits, out int point)
    {
        var exponentMark = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentMark < 0 ? number : number[..exponentMark];
        point = exponentMark < 0 ? 0 : Exponent(number[(exponentMark + 1)..]);

        var afterPoint = false;
        int count = 0, zeros = 0;
        foreach (var value in mantissa.TrimStart((byte)'-'))
        {
            if (value == '.')
            {
                afterPoint = true;
                continue;
            }

            var leading = count == 0 && value == '0';
            point += (leading, afterPoint) switch
            {
                (true, true) => -1,
                (false, false) => 1,
                _ => 0,
            };
            if (leading)
            {
                continue;
            }

            // Zeros are held back until a digit follows them, so that trailing ones never count.
            if (value == '0')
            {
                zeros++;
                continue;
            }

            digits.Slice(count, zeros).Fill((byte)'0');
            count += zeros;
            zeros = 0;
            digits[count++] = value;
        }

        return count;
    }

    private static int Exponent(ReadOnlySpan<byte> text)
    {
        // Saturates far beyond any double, so that an absurd exponent cannot wrap round to a plausible one.
        const int Absurd = 1_000_000;
        var exponent = 0;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            exponent = Math.Min(Absurd, (exponent * 10) + (digit - '0'));
        }

        return text[0] == '-' ? -exponent : exponent;
    }
}
