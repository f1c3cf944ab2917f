using System.Text;

namespace Gantral.Evidence.Json;

/// <content>Strings, numbers and literals.</content>
internal ref partial struct Canonicalizer
{
    private bool Literal(ReadOnlySpan<byte> literal)
    {
        if (!_text[_position..].StartsWith(literal))
        {
            return Fail(JsonFaultCode.Syntax, Faults.NoValue);
        }

        _output.Add(literal);
        _position += literal.Length;
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

        var number = rest[..length];
        if (isPlain)
        {
            _output.Add(number);
        }
        else if (NumberText.TryReadExact(number, out var value))
        {
            var room = _output.Room(Es6Number.MaxLength);
            _output.GiveBack(room.Length - Es6Number.Format(value, room));
        }
        else
        {
            return Fail(JsonFaultCode.InexactNumber, Faults.InexactNumber);
        }

        // Only a number can come out longer than it went in (1e20), so only here can the output outgrow the limit.
        if (_output.Length > _limits.MaxBytes)
        {
            return Fail(JsonFaultCode.TooLarge, Faults.TooLarge);
        }

        _position += length;
        return true;
    }

    private bool String()
    {
        _output.Add((byte)'"');
        _position++;
        while (true)
        {
            var run = _text[_position..].IndexOfAny(EscapedText.Stops);
            if (run < 0)
            {
                _position = _text.Length;
                return Fail(JsonFaultCode.Syntax, Faults.OpenString);
            }

            _output.Add(_text.Slice(_position, run));
            _position += run;
            switch (_text[_position])
            {
                case (byte)'"':
                    _position++;
                    _output.Add((byte)'"');
                    return true;
                case (byte)'\\':
                    if (!Escape())
                    {
                        return false;
                    }

                    break;
                default:
                    return Fail(JsonFaultCode.Syntax, Faults.RawControl);
            }
        }
    }

    private bool Escape()
    {
        var letter = _position + 1 < _text.Length ? _text[_position + 1] : default;
        int plain = letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            (byte)'b' => '\b',
            (byte)'t' => '\t',
            (byte)'n' => '\n',
            (byte)'f' => '\f',
            (byte)'r' => '\r',
            _ => -1,
        };
        if (plain >= 0)
        {
            _position += 2;
            Put(new Rune(plain));
            return true;
        }

        return letter == 'u' ? UnicodeEscape() : Fail(JsonFaultCode.Syntax, Faults.BadEscape);
    }

    private bool UnicodeEscape()
    {
        if (!TryCodeUnit(_position, out var unit))
        {
            return Fail(JsonFaultCode.Syntax, Faults.BadEscape);
        }

        if (!char.IsSurrogate(unit))
        {
            _position += 6;
            Put(new Rune(unit));
            return true;
        }

        if (!TryCodeUnit(_position + 6, out var low) || !Rune.TryCreate(unit, low, out var rune))
        {
            return Fail(JsonFaultCode.LoneSurrogate, Faults.LoneSurrogate);
        }

        _position += 12;
        Put(rune);
        return true;
    }

    private readonly bool TryCodeUnit(int start, out char unit)
    {
        unit = default;
        if (_text.Length - start < 6 || _text[start] != '\\' || _text[start + 1] != 'u')
        {
            return false;
        }

        var value = 0;
        foreach (var digit in _text.Slice(start + 2, 4))
        {
            // A digit that is none makes the value negative, and it stays so.
            value = value < 0 ? value : (value << 4) | EscapedText.HexValue(digit);
        }

        unit = (char)value;
        return value >= 0;
    }

    private readonly void Put(Rune rune)
    {
        if (rune.IsAscii && EscapedText.Stops.Contains((byte)rune.Value))
        {
            EscapedText.AddEscape(_output, (byte)rune.Value);
            return;
        }

        var room = _output.Room(4);
        _output.GiveBack(room.Length - rune.EncodeToUtf8(room));
    }
}
