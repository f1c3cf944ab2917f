namespace Gantral.Silo.Gateway.Delegations;

/// <summary>A role that somebody is lent now.</summary>
/// <param name="OwningTeamId">For instances of which team.</param>
/// <param name="Role">The role.</param>
internal sealed record LentRole(string OwningTeamId, string Role);
