using System.Globalization;
using System.Text;

namespace Gantral.Evidence.Json;

/// <summary>Writes a JSON Pointer (RFC 6901) to the value at fault.</summary>
internal static class FaultPath
{
    // A hostile text has names of a megabyte, and its fault must still fit in a log line.
    private const int MaxLength = 256;

    /// <summary>The pointer that the open frames spell; their names are escaped text inside <paramref name="text"/>.</summary>
    public static string Of(ReadOnlySpan<NestingFrame> frames, ReadOnlySpan<byte> text)
    {
        var pointer = new StringBuilder();
        foreach (var frame in frames)
        {
            if (frame.HasName)
            {
                AddName(pointer.Append('/'), frame.Name(text));
            }
            else if (frame is { InArray: true, Start: >= 0 })
            {
                pointer.Append('/').Append(frame.Start.ToString(CultureInfo.InvariantCulture));
            }

            if (pointer.Length > MaxLength)
            {
                return pointer.Append('…').ToString();
            }
        }

        return pointer.ToString();
    }

    private static void AddName(StringBuilder pointer, ReadOnlySpan<byte> name)
    {
        // Each byte is at most one character, so twice the limit in bytes is enough to go over it.
        Span<byte> plain = stackalloc byte[2 * MaxLength];
        var length = 0;
        for (var index = 0; index < name.Length && length < plain.Length;)
        {
            plain[length++] = EscapedText.Next(name, ref index);
        }

        foreach (var rune in Encoding.UTF8.GetString(plain[..length]).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '~' => pointer.Append("~0"),
                '/' => pointer.Append("~1"),
                _ => pointer.Append(rune.ToString()),
            };
            if (pointer.Length > MaxLength)
            {
                return;
            }
        }
    }
}
