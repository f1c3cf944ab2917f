namespace Gantral.Client;

/// <summary>How many dead letters are sent once more.</summary>
internal sealed record DeadLetterCount(long DeadLetters);
