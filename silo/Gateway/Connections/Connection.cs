using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Connections;

/// <summary>A version of a named reference to a secret, which never changes. The secret itself is only ever where the reference leads.</summary>
/// <param name="OwningTeamId">Whose it is.</param>
/// <param name="ConnectionId">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reference">Where the secret is, for whoever resolves it.</param>
/// <param name="CreatedBy">Who registered it.</param>
/// <param name="CreatedAt">When; none before it is kept.</param>
internal sealed record Connection(string OwningTeamId, string ConnectionId, string Version, string Reference, string CreatedBy, Instant? CreatedAt = null);
