namespace Gantral.Evidence.Json;

/// <summary>Orders member names by their UTF-16 code units, as RFC 8785 does, without leaving escaped UTF-8.</summary>
internal static class NameOrder
{
    // One byte short of the longest escape: a difference this far behind a backslash may lie inside it.
    private const int InsideEscape = 5;

    /// <summary>Compares two names given as canonical escaped text.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        var (x, y) = (left[same], right[same]);
        var escaped = x == '\\' || y == '\\'
            || left[Math.Max(0, same - InsideEscape)..same].Contains((byte)'\\');
        return escaped ? CompareUnescaped(left, right) : CompareBytes(x, y);
    }

    private static int CompareUnescaped(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            var order = CompareBytes(EscapedText.Next(left, ref i), EscapedText.Next(right, ref j));
            if (order != 0)
            {
                return order;
            }
        }

        return (left.Length - i) - (right.Length - j);
    }

    private static int CompareBytes(byte x, byte y)
    {
        // UTF-8 and UTF-16 order differ in one place: supplementary characters (lead F0 and up) are surrogates in
        // UTF-16 and so come before U+E000..U+FFFF (leads EE and EF). Continuation bytes are all below EE.
        var leadsDiffer = x >= 0xEE && y >= 0xEE && x >= 0xF0 != y >= 0xF0;
        return leadsDiffer ? y - x : x - y;
    }
}
