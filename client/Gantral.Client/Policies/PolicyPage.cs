namespace Gantral.Client;

/// <summary>A page of policy versions.</summary>
/// <param name="Policies">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record PolicyPage(IReadOnlyList<RegisteredPolicy> Policies, string? NextCursor);
