namespace Gantral.Client;

/// <summary>One kind of change.</summary>
/// <param name="From">What is recorded.</param>
/// <param name="To">What the other version says.</param>
/// <param name="Count">How often.</param>
/// <param name="Examples">Some of the boundaries.</param>
public sealed record ReplayChange(BoundaryOutcome From, BoundaryOutcome To, long Count, IReadOnlyList<ReplayExample> Examples);
