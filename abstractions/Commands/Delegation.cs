using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Commands;

/// <summary>A delegation as it stands: granted, and perhaps revoked.</summary>
/// <param name="Reference">Its id, the hash of the entry that granted it, and who granted it.</param>
/// <param name="OwningTeamId">For which team's instances.</param>
/// <param name="Grant">To whom, in which role, until when.</param>
/// <param name="GrantedAt">Since when.</param>
public sealed record Delegation(DelegationReference Reference, string OwningTeamId, DelegationGrant Grant, Instant GrantedAt)
{
    /// <summary>When it was revoked.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>The end of its chain.</summary>
    public required Digest Head { get; init; }

    /// <summary>How many entries its chain has.</summary>
    public required long Sequence { get; init; }
}
