namespace Gantral.Client;

/// <summary>One of several needed approvals.</summary>
/// <param name="HumanActorId">Who approved.</param>
/// <param name="Role">In which role.</param>
/// <param name="OnBehalfOf">Who lent the role.</param>
public sealed record GivenApproval(string HumanActorId, string? Role, string? OnBehalfOf);
