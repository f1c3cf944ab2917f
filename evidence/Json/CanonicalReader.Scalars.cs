using System.Buffers.Text;
using System.Text;

namespace Gantral.Evidence.Json;

/// <content>Strings, numbers and literals; what they hold; and how reading ends.</content>
public ref partial struct CanonicalReader
{
    private const long GreatestInteger = (1L << 53) - 1;

    /// <summary>Whether the name or string just read is this one, given as it would be written between quotes.</summary>
    public readonly bool ValueEquals(ReadOnlySpan<byte> rawUtf8) => Raw.SequenceEqual(rawUtf8);

    /// <summary>The name or string just read, without escapes.</summary>
    public readonly string GetString()
    {
        if (Token is not (JsonToken.Name or JsonToken.String))
        {
            throw new InvalidOperationException($"A {Token} is no string.");
        }

        var raw = Raw;
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var plain = new byte[raw.Length];
        var length = 0;
        for (var index = 0; index < raw.Length;)
        {
            plain[length++] = EscapedText.Next(raw, ref index);
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    /// <summary>
    /// The number just read, if it is whole and within ±(2^53-1): beyond that the text of a canonical number is not
    /// the value it stands for.
    /// </summary>
    public readonly bool TryGetInt64(out long value)
    {
        value = 0;
        return Token == JsonToken.Number
            && Utf8Parser.TryParse(Raw, out value, out int consumed)
            && consumed == _rawLength
            && value is >= -GreatestInteger and <= GreatestInteger;
    }

    private bool String(JsonToken token)
    {
        var start = _position + 1;
        var end = start;
        while (true)
        {
            var run = _text[end..].IndexOfAny(EscapedText.Stops);
            if (run < 0)
            {
                _position = _text.Length;
                return Fail(JsonFaultCode.Syntax, Faults.OpenString);
            }

            end += run;
            if (_text[end] == '"')
            {
                break;
            }

            var escape = EscapedText.CanonicalEscapeLength(_text[end..]);
            if (escape == 0)
            {
                _position = end;
                return FailInString();
            }

            end += escape;
        }

        _rawStart = start;
        _rawLength = end - start;
        _position = end + 1;
        Token = token;
        return true;
    }

    private bool Number()
    {
        var rest = _text[_position..];
        if (!NumberText.TryScan(rest, out var length, out var isPlain))
        {
            _position += length;
            return Fail(JsonFaultCode.Syntax, Faults.BadNumber);
        }

        if (!isPlain && !IsCanonicalNumber(rest[..length]))
        {
            return Fail(JsonFaultCode.NotCanonical, Faults.NumberForm);
        }

        _rawStart = _position;
        _rawLength = length;
        _position += length;
        Token = JsonToken.Number;
        return Valued();
    }

    private static bool IsCanonicalNumber(ReadOnlySpan<byte> number)
    {
        Span<byte> canonical = stackalloc byte[Es6Number.MaxLength];
        return number.Length <= Es6Number.MaxLength
            && NumberText.TryReadExact(number, out var value)
            && number.SequenceEqual(canonical[..Es6Number.Format(value, canonical)]);
    }

    private bool Literal(ReadOnlySpan<byte> literal, JsonToken token)
    {
        if (!_text[_position..].StartsWith(literal))
        {
            return Fail(JsonFaultCode.Syntax, Faults.NoValue);
        }

        _position += literal.Length;
        Token = token;
        return Valued();
    }

    private bool End() => _expected switch
    {
        Expected.Nothing or Expected.Faulted => false,
        Expected.FirstName => Fail(JsonFaultCode.Syntax, Faults.ObjectGoesOn),
        Expected.FirstElement => Fail(JsonFaultCode.Syntax, Faults.ArrayGoesOn),
        _ => Fail(JsonFaultCode.Syntax, Faults.EndsEarly),
    };

    private bool FailInString()
    {
        var rest = _text[_position..];
        if (rest[0] != '\\')
        {
            return Fail(JsonFaultCode.Syntax, Faults.RawControl);
        }

        var isUnicode = rest.Length >= 6 && rest[1] == 'u' && !rest[2..6].ContainsAnyExcept(EscapedText.HexDigits);
        return isUnicode || (rest.Length >= 2 && rest[1] == '/')
            ? Fail(JsonFaultCode.NotCanonical, Faults.LongEscape)
            : Fail(JsonFaultCode.Syntax, Faults.BadEscape);
    }

    private bool FailAt(byte next, string message) => next switch
    {
        (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' => Fail(JsonFaultCode.NotCanonical, Faults.WhiteSpace),
        0xEF when _position == 0 && _text.StartsWith("\uFEFF"u8) => Fail(JsonFaultCode.Syntax, Faults.ByteOrderMark),
        _ => Fail(JsonFaultCode.Syntax, message),
    };

    private bool Fail(JsonFaultCode code, string message)
    {
        ReadOnlySpan<NestingFrame> open = _frames;
        Fault = new JsonFault(code, FaultPath.Of(open[.._depth], _text), _position, message);
        _expected = Expected.Faulted;
        _rawLength = 0;
        Token = JsonToken.None;
        return false;
    }
}
