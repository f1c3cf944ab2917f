namespace Gantral.Evidence.Bundles;

/// <summary>Cuts a stream into lines within bounded memory, whatever the stream holds.</summary>
internal sealed class LineReader(Stream stream, int maxBytes)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>How many lines were read.</summary>
    public long Lines { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the next line, without its end.</summary>
    public LineStatus Read(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var length = searched + found;
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                Lines++;
                return length > maxBytes ? LineStatus.TooLong : LineStatus.Whole;
            }

            searched = _end - _start;
            if (searched > maxBytes)
            {
                line = default;
                SkipRestOfLine();
                Lines++;
                return LineStatus.TooLong;
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_start, searched);
                _start = _end;
                Lines += searched == 0 ? 0 : 1;
                return searched == 0 ? LineStatus.End : LineStatus.Unended;
            }
        }
    }

    private void SkipRestOfLine()
    {
        do
        {
            _start = _end = 0;
            if (!Fill())
            {
                return;
            }

            var found = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _start = found + 1;
                return;
            }
        }
        while (true);
    }

    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        BytesRead += read;
        _ended = read == 0;
        return read > 0;
    }
}

/// <summary>What a line reader found.</summary>
internal enum LineStatus
{
    /// <summary>A line with its end.</summary>
    Whole,

    /// <summary>A last line without an end: the file was cut.</summary>
    Unended,

    /// <summary>A line that is longer than any line can be.</summary>
    TooLong,

    /// <summary>Nothing is left.</summary>
    End,
}
