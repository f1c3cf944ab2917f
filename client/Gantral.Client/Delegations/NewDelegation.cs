namespace Gantral.Client;

/// <summary>What is lent.</summary>
public sealed record NewDelegation
{
    /// <summary>To whom; the issuer is the caller's own unless it is named.</summary>
    public required PersonReference To { get; init; }

    /// <summary>Which role.</summary>
    public required string Role { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Why, in 3 to 4,000 characters.</summary>
    public required string Justification { get; init; }

    /// <summary>For instances of which team; may be left out by a token of one team.</summary>
    public string? OwningTeamId { get; init; }
}
