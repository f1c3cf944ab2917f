using Gantral.Abstractions.Refusals;

namespace Gantral.Abstractions.Grains;

/// <summary>What came of registering a version.</summary>
/// <param name="Version">The version, new or as it was.</param>
/// <param name="Refusal">Why it was not registered.</param>
public sealed record Registration<TVersion>(TVersion? Version, Refusal? Refusal)
    where TVersion : class;
