namespace Gantral.Client;

/// <summary>The agent finished.</summary>
public sealed record Completed : Outcome;
