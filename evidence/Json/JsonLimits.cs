namespace Gantral.Evidence.Json;

/// <summary>How much JSON is read before it is refused. Part of the contract: both sides must refuse the same texts.</summary>
public sealed record JsonLimits
{
    /// <summary>The greatest <see cref="MaxDepth"/> there is: nesting is remembered in fixed space, never on the heap.</summary>
    public const int GreatestDepth = 64;

    /// <summary>Depth 64, one mebibyte.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>How many objects and arrays may be open at once, from 1 to <see cref="GreatestDepth"/>.</summary>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestDepth);
            field = value;
        }
    } = GreatestDepth;

    /// <summary>How many bytes a text, and its canonical form, may have.</summary>
    public int MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1 << 20;
}
