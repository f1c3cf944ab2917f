namespace Gantral.Client;

/// <summary>The agent failed.</summary>
/// <param name="Error">What went wrong: a sentence for whoever looks, and no log.</param>
public sealed record Failed(string Error) : Outcome;
