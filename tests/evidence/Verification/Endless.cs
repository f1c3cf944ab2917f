namespace Gantral.Evidence.Tests.Verification;

/// <summary>A stream that repeats a few bytes for as long as it takes, and then goes over into another.</summary>
internal sealed class Endless(byte[] pattern, long length, Stream? then = null) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var left = (int)Math.Min(count, length - _read);
        if (left == 0)
        {
            return then?.Read(buffer, offset, count) ?? 0;
        }

        for (var done = 0; done < left;)
        {
            var at = (int)((_read + done) % pattern.Length);
            var run = Math.Min(pattern.Length - at, left - done);
            pattern.AsSpan(at, run).CopyTo(buffer.AsSpan(offset + done));
            done += run;
        }

        _read += left;
        return left;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
