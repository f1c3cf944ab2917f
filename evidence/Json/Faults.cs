using System.Text;

namespace Gantral.Evidence.Json;

/// <summary>The sentences of every refusal, in one place so that reader and canonicalizer say the same.</summary>
internal static class Faults
{
    public const string TooLarge = "The text, or its canonical form, has more bytes than the limit; send a smaller one.";
    public const string TooDeep = "The text nests deeper than the limit; send a flatter one.";
    public const string InvalidUtf8 = "The text is not valid UTF-8; encode it as UTF-8 before sending it.";
    public const string ByteOrderMark = "The text starts with a byte order mark, which JSON does not have; remove it.";
    public const string EndsEarly = "The text ends where a value is due; send the whole document.";
    public const string NoValue = "No JSON value starts here; write an object, array, string, number, true, false or null.";
    public const string TrailingText = "Something follows the value; send one JSON value and nothing after it.";
    public const string ArrayGoesOn = "The array neither goes on nor ends here; write ',' or ']'.";
    public const string ObjectGoesOn = "The object neither goes on nor ends here; write ',' or '}'.";
    public const string NoName = "A member's name is due here; write it in double quotes, and no comma after the last member.";
    public const string NoColon = "A name is not followed by its value; write ':' after it.";
    public const string DuplicateKey = "The object names this member twice; keep one of the two.";
    public const string OpenString = "A string is not closed; end it with a double quote.";
    public const string RawControl = "A control character stands in a string as it is; write it as an escape.";
    public const string BadEscape = "This escape is not one of JSON's; use \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u and four digits.";
    public const string LoneSurrogate = "Half of a surrogate pair stands alone; write both halves or leave it out.";
    public const string BadNumber = "This is not a JSON number; write digits without leading zeros, then fraction and exponent if any.";
    public const string InexactNumber = "A double cannot hold this number faithfully; write fewer digits, or send it as a string.";
    public const string WhiteSpace = "White space stands between values; canonical JSON has none.";
    public const string NameOrder = "The member's name does not come after the one before it, as it does in canonical JSON.";
    public const string LongEscape = "A character is not written in its canonical way.";
    public const string NumberForm = "The number is not written in its canonical way.";

    /// <summary>Where the text stops being UTF-8. Only asked once it is known to.</summary>
    public static int FirstInvalidUtf8(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }
}
