using System.Buffers;

namespace Gantral.Evidence.Json;

/// <summary>The text between two quotes in canonical form: only quote, backslash and controls are escaped, one way each.</summary>
internal static class EscapedText
{
    /// <summary>The bytes that never stand for themselves between quotes.</summary>
    public static readonly SearchValues<byte> Stops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>What may follow \u, in either case.</summary>
    public static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Appends the one escape that RFC 8785 gives a quote, a backslash or a control.</summary>
    public static void AddEscape(GrowingBytes output, byte value)
    {
        var letter = Letter(value);
        if (letter != 0)
        {
            output.Add((byte)'\\');
            output.Add(letter);
            return;
        }

        output.Add("\\u00"u8);
        output.Add((byte)(value < 0x10 ? '0' : '1'));
        output.Add("0123456789abcdef"u8[value & 0xF]);
    }

    /// <summary>The length of the canonical escape that <paramref name="text"/> starts with, or 0 if it is none.</summary>
    public static int CanonicalEscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '\\')
        {
            return 0;
        }

        if (text[1] is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r')
        {
            return 2;
        }

        var isControl = text.Length >= 6 && text.StartsWith("\\u00"u8) && text[4] is (byte)'0' or (byte)'1'
            && text[5] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f');
        return isControl && Letter((byte)(((text[4] - '0') << 4) | HexValue(text[5]))) == 0 ? 6 : 0;
    }

    /// <summary>The next unescaped byte of canonical escaped text; every escape stands for one ASCII byte.</summary>
    public static byte Next(ReadOnlySpan<byte> escaped, ref int index)
    {
        var value = escaped[index++];
        if (value != '\\')
        {
            return value;
        }

        value = escaped[index++];
        switch (value)
        {
            case (byte)'b': return (byte)'\b';
            case (byte)'t': return (byte)'\t';
            case (byte)'n': return (byte)'\n';
            case (byte)'f': return (byte)'\f';
            case (byte)'r': return (byte)'\r';
            case (byte)'u':
                index += 4;
                return (byte)((HexValue(escaped[index - 2]) << 4) | HexValue(escaped[index - 1]));
            default: return value;
        }
    }

    /// <summary>The value of a hexadecimal digit in either case, or -1.</summary>
    public static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static byte Letter(byte value) => value switch
    {
        (byte)'"' or (byte)'\\' => value,
        (byte)'\b' => (byte)'b',
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        (byte)'\f' => (byte)'f',
        (byte)'\r' => (byte)'r',
        _ => 0,
    };
}
