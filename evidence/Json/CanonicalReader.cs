using System.Text.Unicode;

namespace Gantral.Evidence.Json;

/// <summary>
/// Reads JSON that must already be canonical, front to back, and checks that it is while reading: whoever reads to the
/// end without a fault has seen the only bytes this value can have.
/// </summary>
public ref partial struct CanonicalReader
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _maxDepth;
    private NestingFrames _frames;
    private int _depth;
    private int _position;
    private int _tokenStart;
    private int _rawStart;
    private int _rawLength;
    private Expected _expected;

    /// <summary>Starts before the value in <paramref name="canonical"/>.</summary>
    public CanonicalReader(ReadOnlySpan<byte> canonical, JsonLimits? limits = null)
    {
        limits ??= JsonLimits.Default;
        _text = canonical;
        _maxDepth = limits.MaxDepth;
        if (canonical.Length > limits.MaxBytes)
        {
            Fail(JsonFaultCode.TooLarge, Faults.TooLarge);
        }
        else if (!Utf8.IsValid(canonical))
        {
            _position = Faults.FirstInvalidUtf8(canonical);
            Fail(JsonFaultCode.InvalidUtf8, Faults.InvalidUtf8);
        }
    }

    private enum Expected : byte
    {
        Value,
        FirstName,
        FirstElement,
        CommaOrEnd,
        Nothing,
        Faulted,
    }

    /// <summary>What was read last.</summary>
    public JsonToken Token { get; private set; }

    /// <summary>Whether reading stopped at a fault.</summary>
    public readonly bool HasFault => _expected == Expected.Faulted;

    /// <summary>The fault that stopped the reading, if one did.</summary>
    public JsonFault Fault { get; private set; }

    /// <summary>The offset of the next byte to be read.</summary>
    public readonly int Position => _position;

    /// <summary>A name or string as written between its quotes, or the text of a number; otherwise empty.</summary>
    public readonly ReadOnlySpan<byte> Raw => _text.Slice(_rawStart, _rawLength);

    /// <summary>The next byte, or 0 at the end; lets a caller see what kind of value comes.</summary>
    internal readonly byte Next => _position < _text.Length ? _text[_position] : default;

    /// <summary>Reads the next token; false at the clean end of the text, or at a fault.</summary>
    public bool Read()
    {
        _rawLength = 0;
        _tokenStart = _position;
        if ((uint)_position >= (uint)_text.Length)
        {
            return End();
        }

        var next = _text[_position];
        switch (_expected)
        {
            case Expected.Value:
                return Value(next);
            case Expected.FirstName:
                return next == '}' ? Close(JsonToken.EndObject) : Name(next);
            case Expected.FirstElement:
                return next == ']' ? Close(JsonToken.EndArray) : Element(next);
            case Expected.CommaOrEnd:
                return _frames[_depth - 1].InArray ? ElementOrEnd(next) : NameOrEnd(next);
            case Expected.Nothing:
                return FailAt(next, Faults.TrailingText);
            default:
                return false;
        }
    }

    /// <summary>
    /// Reads through the whole next value, checking it, and yields exactly its bytes. False at the end of the array,
    /// which is left for <see cref="Read"/>, or at a fault.
    /// </summary>
    public bool TrySkip(out ReadOnlySpan<byte> rawValue)
    {
        rawValue = default;
        var inArray = _depth > 0 && _frames[_depth - 1].InArray;
        if (_expected != Expected.Value && _expected != Expected.Faulted && !inArray)
        {
            throw new InvalidOperationException("A value can be skipped after its name or inside an array, not here.");
        }

        var isEnd = _expected is Expected.FirstElement or Expected.CommaOrEnd && Next == ']';
        var depth = _depth;
        if (isEnd || !Read())
        {
            return false;
        }

        var start = _tokenStart;
        while (_depth > depth)
        {
            if (!Read())
            {
                return false;
            }
        }

        rawValue = _text[start.._position];
        return true;
    }

    private bool Value(byte next)
    {
        switch (next)
        {
            case (byte)'"': return String(JsonToken.String) && Valued();
            case (byte)'{': return Open(JsonToken.BeginObject, NestingFrame.Object, Expected.FirstName);
            case (byte)'[': return Open(JsonToken.BeginArray, NestingFrame.Array, Expected.FirstElement);
            case (byte)'t': return Literal("true"u8, JsonToken.True);
            case (byte)'f': return Literal("false"u8, JsonToken.False);
            case (byte)'n': return Literal("null"u8, JsonToken.Null);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return Number();
            default: return FailAt(next, Faults.NoValue);
        }
    }

    private bool ElementOrEnd(byte next)
    {
        if (next == ']')
        {
            return Close(JsonToken.EndArray);
        }

        if (next != ',')
        {
            return FailAt(next, Faults.ArrayGoesOn);
        }

        _tokenStart = ++_position;
        return _position < _text.Length ? Element(_text[_position]) : End();
    }

    private bool NameOrEnd(byte next)
    {
        if (next == '}')
        {
            return Close(JsonToken.EndObject);
        }

        if (next != ',')
        {
            return FailAt(next, Faults.ObjectGoesOn);
        }

        _tokenStart = ++_position;
        return _position < _text.Length ? Name(_text[_position]) : End();
    }

    private bool Element(byte next)
    {
        _frames[_depth - 1] = _frames[_depth - 1].NextElement();
        return Value(next);
    }

    private bool Name(byte next)
    {
        if (next != '"')
        {
            return FailAt(next, Faults.NoName);
        }

        if (!String(JsonToken.Name))
        {
            return false;
        }

        var previous = _frames[_depth - 1];
        _frames[_depth - 1] = NestingFrame.Named(_rawStart, _rawLength);
        if (previous.HasName)
        {
            var order = NameOrder.Compare(previous.Name(_text), Raw);
            if (order >= 0)
            {
                _position = _tokenStart;
                return order == 0
                    ? Fail(JsonFaultCode.DuplicateKey, Faults.DuplicateKey)
                    : Fail(JsonFaultCode.NotCanonical, Faults.NameOrder);
            }
        }

        if (Next != ':')
        {
            return FailAt(Next, Faults.NoColon);
        }

        _position++;
        _expected = Expected.Value;
        return true;
    }

    private bool Open(JsonToken token, NestingFrame frame, Expected expected)
    {
        if (_depth == _maxDepth)
        {
            return Fail(JsonFaultCode.TooDeep, Faults.TooDeep);
        }

        _frames[_depth++] = frame;
        _position++;
        Token = token;
        _expected = expected;
        return true;
    }

    private bool Close(JsonToken token)
    {
        _depth--;
        _position++;
        Token = token;
        return Valued();
    }

    private bool Valued()
    {
        _expected = _depth == 0 ? Expected.Nothing : Expected.CommaOrEnd;
        return true;
    }
}
