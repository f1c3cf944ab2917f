namespace Gantral.Client;

/// <summary>What was spent in one currency.</summary>
/// <param name="OwningTeamId">By which team.</param>
/// <param name="WorkflowId">In which workflow; null for all of the team's.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Amount">The exact sum, in plain digits.</param>
/// <param name="Entries">How many recorded costs it is made of.</param>
public sealed record Spent(string OwningTeamId, string? WorkflowId, string Currency, string Amount, long Entries);
