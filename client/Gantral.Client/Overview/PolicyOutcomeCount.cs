namespace Gantral.Client;

/// <summary>What came of asking policies.</summary>
/// <param name="Outcome">What: a decision, or how it failed.</param>
/// <param name="Count">How often.</param>
public sealed record PolicyOutcomeCount(string Outcome, long Count);
