using System.Collections.Immutable;

namespace Gantral.Abstractions.Evidence;

/// <summary>Which private fields of which entry were erased. Never what they held.</summary>
/// <param name="Sequence">The entry, by its sequence in the same subject.</param>
/// <param name="Fields">The fields, in ascending order.</param>
public sealed record Redaction(long Sequence, ImmutableArray<string> Fields);
