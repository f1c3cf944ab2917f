namespace Gantral.Client;

/// <summary>A named reference to a secret. The secret itself is never sent.</summary>
/// <param name="ConnectionId">Its name; without an @.</param>
/// <param name="Version">Its version; without an @.</param>
/// <param name="Reference">Where runners find the secret, such as <c>vault://kv/payments#token</c>.</param>
/// <param name="OwningTeamId">The team that owns it; may be left out by a token of one team.</param>
public sealed record NewConnection(string ConnectionId, string Version, string Reference, string? OwningTeamId = null);
