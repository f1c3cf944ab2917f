using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gantral.Evidence.Json;

/// <summary>Writes a string between quotes, in canonical form; what it cannot carry is refused before anything is written.</summary>
internal static class QuotedText
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (char)control), '"', '\\']);

    private static readonly SearchValues<char> Surrogates = SearchValues.Create(
        [.. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    public static void RequireWholePairs(ReadOnlySpan<char> text)
    {
        for (var index = text.IndexOfAny(Surrogates); index >= 0;)
        {
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                throw Refused(JsonFaultCode.LoneSurrogate, index, Faults.LoneSurrogate);
            }

            var next = text[(index + 2)..].IndexOfAny(Surrogates);
            index = next < 0 ? next : index + 2 + next;
        }
    }

    public static void RequireUtf8(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            throw Refused(JsonFaultCode.InvalidUtf8, Faults.FirstInvalidUtf8(text), Faults.InvalidUtf8);
        }
    }

    public static void Add(GrowingBytes output, ReadOnlySpan<char> text)
    {
        output.Add((byte)'"');
        for (var stop = text.IndexOfAny(Stops); stop >= 0; stop = text.IndexOfAny(Stops))
        {
            Encode(output, text[..stop]);
            EscapedText.AddEscape(output, (byte)text[stop]);
            text = text[(stop + 1)..];
        }

        Encode(output, text);
        output.Add((byte)'"');
    }

    public static void Add(GrowingBytes output, ReadOnlySpan<byte> text)
    {
        output.Add((byte)'"');
        for (var stop = text.IndexOfAny(EscapedText.Stops); stop >= 0; stop = text.IndexOfAny(EscapedText.Stops))
        {
            output.Add(text[..stop]);
            EscapedText.AddEscape(output, text[stop]);
            text = text[(stop + 1)..];
        }

        output.Add(text);
        output.Add((byte)'"');
    }

    private static void Encode(GrowingBytes output, ReadOnlySpan<char> run)
    {
        // Three bytes are enough for any UTF-16 code unit: a pair takes four.
        var room = output.Room(checked(run.Length * 3));
        output.GiveBack(room.Length - Encoding.UTF8.GetBytes(run, room));
    }

    private static JsonRefusedException Refused(JsonFaultCode code, int offset, string message) =>
        new(new JsonFault(code, "", offset, message));
}
