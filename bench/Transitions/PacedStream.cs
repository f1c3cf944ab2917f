using System.Diagnostics;

namespace Gantral.Bench.Transitions;

/// <summary>Somebody who takes lines away at a steady pace.</summary>
internal sealed class PacedStream(double linesPerSecond) : Stream
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lines;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Span.EndsWith("\n"u8))
        {
            _lines++;
        }

        var due = TimeSpan.FromSeconds(_lines / linesPerSecond);
        if (due - Stopwatch.GetElapsedTime(_start) is { TotalMilliseconds: > 20 } wait)
        {
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
