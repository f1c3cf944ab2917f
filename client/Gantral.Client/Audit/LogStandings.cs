namespace Gantral.Client;

/// <summary>The list of logs.</summary>
internal sealed record LogStandings(IReadOnlyList<LogStanding> Logs);
