using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>The body of a request as the verifier reads it: on a thread that may wait, up to so many bytes, for so long.</summary>
internal sealed class BundleBody(Stream body, CancellationToken cancellation) : Stream
{
    /// <summary>The most bytes that are verified here.</summary>
    public const long MostBytes = 32 * 1024 * 1024;

    private long _read;

    /// <summary>How long it may take to come.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The refusal of a body that is over the limit.</summary>
    public static Refusal TooLarge() =>
        new(RefusalCode.TooLarge, $"A bundle of more than {MostBytes / 1024 / 1024} MiB is not verified here; use gantral verify, which takes one of any size and trusts no server.");

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = body.ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask().GetAwaiter().GetResult();
        _read += read;
        return _read <= MostBytes ? read : throw new BundleTooLargeException();
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
