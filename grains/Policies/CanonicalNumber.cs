using System.Globalization;

namespace Gantral.Grains.Policies;

/// <summary>The number that canonical bytes stand for: a double, exactly, for that is what canonical numbers are made of.</summary>
internal static class CanonicalNumber
{
    /// <summary>Reads a number; false for every other value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> canonical, out double number)
    {
        number = 0;
        return !canonical.IsEmpty && canonical[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            && double.TryParse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
