namespace Gantral.Client;

/// <summary>What waits for the people of a team.</summary>
/// <param name="OwningTeamId">Whose it is.</param>
/// <param name="Late">How many are past <c>decide_by</c> and have not been ended or escalated yet.</param>
/// <param name="Near">How many reach it soon.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
/// <param name="Ages">How many wait for how long: one count for each of the steps, and one for what waits longer.</param>
public sealed record WaitingStanding(string OwningTeamId, long Late, long Near, DateTimeOffset OldestSince, IReadOnlyList<long> Ages);
