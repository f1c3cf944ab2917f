namespace Gantral.Client;

/// <summary>What is erased, and why.</summary>
/// <param name="Sequence">From which entry.</param>
/// <param name="Fields">Which of its private fields.</param>
/// <param name="Justification">Why, without repeating any of it.</param>
public sealed record NewRedaction(long Sequence, IReadOnlyList<string> Fields, string Justification);
