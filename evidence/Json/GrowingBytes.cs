namespace Gantral.Evidence.Json;

/// <summary>Bytes that are appended to and cleared, never given back: writing allocates only to grow.</summary>
internal sealed class GrowingBytes(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The whole store, for those who reorder what is written.</summary>
    public byte[] Store => _bytes;

    public void Add(byte value) => Room(1)[0] = value;

    public void Add(ReadOnlySpan<byte> run) => run.CopyTo(Room(run.Length));

    /// <summary>Appends <paramref name="count"/> bytes for the caller to fill; <see cref="GiveBack"/> takes the rest.</summary>
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        var start = Length;
        Length += count;
        return _bytes.AsSpan(start, count);
    }

    public void GiveBack(int unused) => Length -= unused;

    public void Clear() => Length = 0;

    /// <summary>What is written, for keeping: the store itself when it is full, so that the common case copies nothing.</summary>
    public ReadOnlyMemory<byte> Detach() => Length == _bytes.Length ? _bytes : Written.ToArray();

    private void Grow(int count)
    {
        var wanted = Math.Max((long)Length + count, Math.Min(2L * _bytes.Length, Array.MaxLength));
        Array.Resize(ref _bytes, checked((int)wanted));
    }
}
