namespace Gantral.Client;

/// <summary>A role that one person lends another.</summary>
public sealed record GrantedDelegation
{
    /// <summary>Its id.</summary>
    public required Guid DelegationId { get; init; }

    /// <summary>For instances of which team.</summary>
    public required string OwningTeamId { get; init; }

    /// <summary>Who lends.</summary>
    public required PersonReference Grantor { get; init; }

    /// <summary>Who borrows.</summary>
    public required PersonReference To { get; init; }

    /// <summary>The role.</summary>
    public required string Role { get; init; }

    /// <summary>When it was granted.</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
