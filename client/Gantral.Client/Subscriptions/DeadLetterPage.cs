namespace Gantral.Client;

/// <summary>A page of what could not be delivered.</summary>
/// <param name="DeadLetters">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters, string? NextCursor);
