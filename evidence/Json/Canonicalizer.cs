using System.Text.Unicode;

namespace Gantral.Evidence.Json;

/// <summary>
/// Reads any JSON text once and writes its canonical form as it goes; objects whose members come out of order are
/// sorted when they close. Depth is bounded, so recursion is.
/// </summary>
internal ref partial struct Canonicalizer
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly JsonLimits _limits;
    private readonly GrowingBytes _output;
    private readonly ObjectMembers _members = new();
    private NestingFrames _frames;
    private int _depth;
    private int _position;

    public Canonicalizer(ReadOnlySpan<byte> text, JsonLimits limits)
    {
        _text = text;
        _limits = limits;
        _output = new GrowingBytes(Math.Min(text.Length, limits.MaxBytes));
    }

    public JsonFault Fault { get; private set; }

    public readonly ReadOnlyMemory<byte> Output => _output.Detach();

    public bool Run()
    {
        if (_text.Length > _limits.MaxBytes)
        {
            return Fail(JsonFaultCode.TooLarge, Faults.TooLarge);
        }

        if (!Utf8.IsValid(_text))
        {
            _position = Faults.FirstInvalidUtf8(_text);
            return Fail(JsonFaultCode.InvalidUtf8, Faults.InvalidUtf8);
        }

        if (_text.StartsWith("\uFEFF"u8))
        {
            return Fail(JsonFaultCode.Syntax, Faults.ByteOrderMark);
        }

        if (!Value())
        {
            return false;
        }

        SkipWhiteSpace();
        return _position == _text.Length || Fail(JsonFaultCode.Syntax, Faults.TrailingText);
    }

    private bool Value()
    {
        SkipWhiteSpace();
        if (_position == _text.Length)
        {
            return Fail(JsonFaultCode.Syntax, Faults.EndsEarly);
        }

        switch (_text[_position])
        {
            case (byte)'{': return Object();
            case (byte)'[': return Array();
            case (byte)'"': return String();
            case (byte)'t': return Literal("true"u8);
            case (byte)'f': return Literal("false"u8);
            case (byte)'n': return Literal("null"u8);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return Number();
            default: return Fail(JsonFaultCode.Syntax, Faults.NoValue);
        }
    }

    private bool Array()
    {
        if (!Open(NestingFrame.Array))
        {
            return false;
        }

        if (!Take((byte)']'))
        {
            do
            {
                if (_frames[_depth - 1].Start >= 0)
                {
                    _output.Add((byte)',');
                }

                _frames[_depth - 1] = _frames[_depth - 1].NextElement();
                if (!Value())
                {
                    return false;
                }
            }
            while (Take((byte)','));

            if (!Take((byte)']'))
            {
                return Fail(JsonFaultCode.Syntax, Faults.ArrayGoesOn);
            }
        }

        _output.Add((byte)']');
        _depth--;
        return true;
    }

    private bool Object()
    {
        if (!Open(NestingFrame.Object))
        {
            return false;
        }

        var first = _members.Count;
        var ordered = true;
        if (!Take((byte)'}'))
        {
            do
            {
                if (!Member(first, ref ordered))
                {
                    return false;
                }
            }
            while (Take((byte)','));

            if (!Take((byte)'}'))
            {
                return Fail(JsonFaultCode.Syntax, Faults.ObjectGoesOn);
            }
        }

        if (!ordered && !_members.TrySort(first, _output, out var repeated))
        {
            return Repeated(repeated);
        }

        _members.Close(first);
        _output.Add((byte)'}');
        _depth--;
        return true;
    }

    private bool Member(int first, ref bool ordered)
    {
        SkipWhiteSpace();
        if (_position == _text.Length || _text[_position] != '"')
        {
            return Fail(JsonFaultCode.Syntax, Faults.NoName);
        }

        if (_members.Count > first)
        {
            _output.Add((byte)',');
        }

        var inputOffset = _position;
        var start = _output.Length;
        if (!String())
        {
            return false;
        }

        var member = new ObjectMember(start, _output.Length - start - 2, 0, inputOffset);
        _frames[_depth - 1] = NestingFrame.Named(member.NameStart, member.NameLength);
        if (ordered && _members.Count > first)
        {
            var order = NameOrder.Compare(_members.Last.Name(_output.Written), member.Name(_output.Written));
            if (order == 0)
            {
                return Repeated(member);
            }

            ordered = order < 0;
        }

        if (!Take((byte)':'))
        {
            return Fail(JsonFaultCode.Syntax, Faults.NoColon);
        }

        _output.Add((byte)':');
        if (!Value())
        {
            return false;
        }

        _members.Add(member with { End = _output.Length });
        return true;
    }

    private bool Open(NestingFrame frame)
    {
        if (_depth == _limits.MaxDepth)
        {
            return Fail(JsonFaultCode.TooDeep, Faults.TooDeep);
        }

        _output.Add(_text[_position++]);
        _frames[_depth++] = frame;
        return true;
    }

    private bool Take(byte expected)
    {
        SkipWhiteSpace();
        if (_position == _text.Length || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _text.Length
            && _text[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    private bool Repeated(ObjectMember member)
    {
        _position = member.InputOffset;
        _frames[_depth - 1] = NestingFrame.Named(member.NameStart, member.NameLength);
        return Fail(JsonFaultCode.DuplicateKey, Faults.DuplicateKey);
    }

    private bool Fail(JsonFaultCode code, string message)
    {
        ReadOnlySpan<NestingFrame> open = _frames;
        Fault = new JsonFault(code, FaultPath.Of(open[.._depth], _output.Written), _position, message);
        return false;
    }
}
