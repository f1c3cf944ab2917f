namespace Gantral.Client;

/// <summary>The agent failed.</summary>
/// <param name="Error">What went wrong; a text will do.</param>
public sealed record Failed(AgentError Error) : Outcome;
