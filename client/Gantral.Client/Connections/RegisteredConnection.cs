namespace Gantral.Client;

/// <summary>A version of a named reference to a secret, which never changes.</summary>
/// <param name="ConnectionId">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="OwningTeamId">The team that owns it.</param>
/// <param name="Reference">Where runners find the secret.</param>
/// <param name="CreatedBy">Who registered it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record RegisteredConnection(string ConnectionId, string Version, string OwningTeamId, string Reference, string CreatedBy, DateTimeOffset CreatedAt);
