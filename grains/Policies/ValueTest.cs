using System.Collections.Immutable;

namespace Gantral.Grains.Policies;

/// <summary>What a value of the context must be. Canonical values are equal when their bytes are.</summary>
/// <param name="AnyOf">One of these, if there are any.</param>
/// <param name="NoneOf">None of these.</param>
internal sealed record ValueTest(ImmutableArray<ReadOnlyMemory<byte>> AnyOf, ImmutableArray<ReadOnlyMemory<byte>> NoneOf)
{
    /// <summary>A number must be greater.</summary>
    public double? Above { get; init; }

    /// <summary>A number must be as great.</summary>
    public double? AtLeast { get; init; }

    /// <summary>A number must be less.</summary>
    public double? Below { get; init; }

    /// <summary>A number must be no greater.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether everything passes.</summary>
    public bool AsksNothing => AnyOf.IsEmpty && NoneOf.IsEmpty && !IsBounded;

    private bool IsBounded => (Above ?? AtLeast ?? Below ?? AtMost) is not null;

    /// <summary>Whether a value passes; an empty one is missing, and passes where nothing is asked of it but what it is not.</summary>
    public bool Holds(ReadOnlySpan<byte> value) =>
        (AnyOf.IsEmpty || Contains(AnyOf, value)) && !Contains(NoneOf, value) && (!IsBounded || IsWithin(value));

    private bool IsWithin(ReadOnlySpan<byte> value) =>
        CanonicalNumber.TryRead(value, out var number)
        && !(number <= Above) && !(number < AtLeast) && !(number >= Below) && !(number > AtMost);

    private static bool Contains(ImmutableArray<ReadOnlyMemory<byte>> values, ReadOnlySpan<byte> value)
    {
        foreach (var known in values)
        {
            if (known.Span.SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }
}
