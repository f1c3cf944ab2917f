using System.Collections.Immutable;

namespace Gantral.Grains.Policies;

/// <summary>What one text, or one of several, must be.</summary>
/// <param name="AnyOf">One of these, if there are any.</param>
/// <param name="NoneOf">None of these.</param>
internal sealed record TextTest(ImmutableArray<string> AnyOf, ImmutableArray<string> NoneOf)
{
    /// <summary>Whether one text passes.</summary>
    public bool Holds(string text) =>
        (AnyOf.IsEmpty || AnyOf.Contains(text, StringComparer.Ordinal)) && !NoneOf.Contains(text, StringComparer.Ordinal);

    /// <summary>Whether several texts pass: one of them is wanted, and none is unwanted.</summary>
    public bool Holds(ImmutableArray<string> texts) =>
        (AnyOf.IsEmpty || texts.Any(text => AnyOf.Contains(text, StringComparer.Ordinal)))
        && !texts.Any(text => NoneOf.Contains(text, StringComparer.Ordinal));
}
