namespace Gantral.Cli.Verify;

/// <summary>Lets Ctrl-C end a reader at its next read, so that it can still clear away what it left on disk.</summary>
internal sealed class InterruptibleStream(Stream inner, CancellationToken interrupted) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        interrupted.ThrowIfCancellationRequested();
        if (inner.CanSeek)
        {
            return inner.Read(buffer, offset, count);
        }

        // A pipe may never say another word; then the reader gives up and leaves the pipe waiting.
        return inner.ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().WaitAsync(interrupted).GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
