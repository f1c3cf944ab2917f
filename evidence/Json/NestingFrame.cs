namespace Gantral.Evidence.Json;

/// <summary>One open object or array: where the current member's name lies, or which element is current.</summary>
internal readonly record struct NestingFrame
{
    private const int NoNameYet = -1;
    private const int IsAnArray = -2;

    private readonly int _length;

    private NestingFrame(int start, int length) => (Start, _length) = (start, length);

    public static NestingFrame Object => new(0, NoNameYet);

    public static NestingFrame Array => new(-1, IsAnArray);

    /// <summary>The offset of the name, or the index of the element (-1 before the first).</summary>
    public int Start { get; }

    public bool InArray => _length == IsAnArray;

    public bool HasName => _length >= 0;

    public static NestingFrame Named(int start, int length) => new(start, length);

    public NestingFrame NextElement() => new(Start + 1, IsAnArray);

    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text) => text.Slice(Start, _length);
}
