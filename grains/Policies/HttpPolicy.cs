namespace Gantral.Grains.Policies;

/// <summary>A policy that another service evaluates.</summary>
/// <param name="Url">Where it is asked.</param>
/// <param name="Shape">How.</param>
/// <param name="Timeout">How long it has, from the first byte sent to the last one read.</param>
public sealed record HttpPolicy(Uri Url, HttpShape Shape, TimeSpan Timeout);
