namespace Gantral.Client;

/// <summary>The deadlines of a team that come within the hour.</summary>
/// <param name="OwningTeamId">Whose they are.</param>
/// <param name="Late">How many are over and have not fired yet.</param>
/// <param name="NextMinute">How many come within a minute.</param>
/// <param name="NextHour">How many come within the hour, those within a minute among them.</param>
/// <param name="NextAt">When the first of them is due.</param>
public sealed record TimerStanding(string OwningTeamId, long Late, long NextMinute, long NextHour, DateTimeOffset NextAt);
