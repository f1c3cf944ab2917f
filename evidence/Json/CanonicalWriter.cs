using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Json;

/// <summary>
/// Writes canonical JSON for formats whose members are known: names must be written in order, so nothing is sorted.
/// Writing out of turn is a programming error and throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class CanonicalWriter
{
    private const long GreatestInteger = (1L << 53) - 1;
    private const string NoValueHere = "No value can be written here: an object wants a name first, and one text holds one value.";

    private static readonly SearchValues<byte> PlainNameBytes = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value).Where(value => value is not ((byte)'"' or (byte)'\\'))]);

    private readonly GrowingBytes _output = new(256);
    private NestingFrames _frames;
    private int _depth;
    private bool _nameIsOpen;

    /// <summary>Everything written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _output.Written;

    /// <summary>Forgets what was written and keeps the room it took.</summary>
    public void Reset()
    {
        _output.Clear();
        _depth = 0;
        _nameIsOpen = false;
    }

    /// <summary>Opens an object.</summary>
    public void BeginObject() => Open('{', NestingFrame.Object);

    /// <summary>Closes the innermost object.</summary>
    public void EndObject() => Close('}', array: false);

    /// <summary>Opens an array.</summary>
    public void BeginArray() => Open('[', NestingFrame.Array);

    /// <summary>Closes the innermost array.</summary>
    public void EndArray() => Close(']', array: true);

    /// <summary>Names the next member; printable ASCII that needs no escape, as the names of frozen formats are.</summary>
    public void Name(ReadOnlySpan<byte> ascii)
    {
        if (ascii.ContainsAnyExcept(PlainNameBytes))
        {
            throw new ArgumentException("This name needs escapes; write it as a string.", nameof(ascii));
        }

        EscapedName(ascii);
    }

    /// <summary>Names the next member.</summary>
    public void Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        QuotedText.RequireWholePairs(name);
        var start = BeginName();
        QuotedText.Add(_output, name);
        EndName(start);
    }

    /// <summary>Writes a string; one that holds half a surrogate pair is refused.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word that JSON has for it.")]
    public void String(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        QuotedText.RequireWholePairs(value);
        BeginValue();
        QuotedText.Add(_output, value);
    }

    /// <summary>Writes a string given as UTF-8; anything else is refused.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word that JSON has for it.")]
    public void String(ReadOnlySpan<byte> utf8)
    {
        QuotedText.RequireUtf8(utf8);
        BeginValue();
        QuotedText.Add(_output, utf8);
    }

    /// <summary>Writes an integer within ±(2^53-1), which every JSON reader holds exactly.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -GreatestInteger);
        BeginValue();
        var room = _output.Room(Es6Number.MaxLength);
        value.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        _output.GiveBack(room.Length - written);
    }

    /// <summary>Writes true or false.</summary>
    public void Boolean(bool value)
    {
        BeginValue();
        _output.Add(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes null.</summary>
    public void Null()
    {
        BeginValue();
        _output.Add("null"u8);
    }

    /// <summary>
    /// Writes a value that is canonical already. Its depth adds to what is open here, so limit it when it is read.
    /// </summary>
    public void Value(CanonicalBytes value)
    {
        if (value.IsEmpty)
        {
            throw new ArgumentException("There is no value to write.", nameof(value));
        }

        CheckedValue(value.Span);
    }

    /// <summary>Writes a digest as a string of 64 hexadecimal digits.</summary>
    public void Digest(Digest value)
    {
        BeginValue();
        var room = _output.Room((2 * Abstractions.Evidence.Digest.Size) + 2);
        room[0] = room[^1] = (byte)'"';
        value.Format(room[1..^1]);
    }

    /// <summary>The finished value, copied out.</summary>
    public CanonicalBytes ToCanonicalBytes() => _depth == 0 && _output.Length > 0
        ? new CanonicalBytes(_output.Written.ToArray())
        : throw new InvalidOperationException("The value is not finished: close what is open first.");

    /// <summary>Names the next member with text that is escaped and checked already.</summary>
    internal void EscapedName(ReadOnlySpan<byte> escaped)
    {
        var start = BeginName();
        _output.Add((byte)'"');
        _output.Add(escaped);
        _output.Add((byte)'"');
        EndName(start);
    }

    /// <summary>Writes bytes that a reader has found canonical.</summary>
    internal void CheckedValue(ReadOnlySpan<byte> value)
    {
        BeginValue();
        _output.Add(value);
    }

    private void Open(char bracket, NestingFrame frame)
    {
        if (_depth == JsonLimits.GreatestDepth)
        {
            throw new InvalidOperationException($"Nothing nests deeper than {JsonLimits.GreatestDepth}.");
        }

        BeginValue();
        _output.Add((byte)bracket);
        _frames[_depth++] = frame;
    }

    private void Close(char bracket, bool array)
    {
        if (_depth == 0 || _frames[_depth - 1].InArray != array || _nameIsOpen)
        {
            throw new InvalidOperationException($"'{bracket}' closes nothing here.");
        }

        _output.Add((byte)bracket);
        _depth--;
    }

    private void BeginValue()
    {
        if (_nameIsOpen)
        {
            _nameIsOpen = false;
            return;
        }

        if (_depth == 0 ? _output.Length > 0 : !_frames[_depth - 1].InArray)
        {
            throw new InvalidOperationException(NoValueHere);
        }

        if (_depth > 0)
        {
            var frame = _frames[_depth - 1] = _frames[_depth - 1].NextElement();
            Separate(frame.Start > 0);
        }
    }

    private int BeginName()
    {
        if (_depth == 0 || _frames[_depth - 1].InArray || _nameIsOpen)
        {
            throw new InvalidOperationException("A name can be written only inside an object, before its value.");
        }

        var start = _output.Length;
        Separate(_frames[_depth - 1].HasName);
        return start;
    }

    private void EndName(int start)
    {
        var previous = _frames[_depth - 1];
        var quote = previous.HasName ? start + 1 : start;
        var name = NestingFrame.Named(quote + 1, _output.Length - quote - 2);
        if (previous.HasName && NameOrder.Compare(previous.Name(Written), name.Name(Written)) >= 0)
        {
            // Taken back, so that whoever catches this still holds nothing but canonical bytes.
            _output.GiveBack(_output.Length - start);
            throw new InvalidOperationException("Names are written in ascending order, each once.");
        }

        _frames[_depth - 1] = name;
        _nameIsOpen = true;
        _output.Add((byte)':');
    }

    private void Separate(bool isDue)
    {
        if (isDue)
        {
            _output.Add((byte)',');
        }
    }
}
