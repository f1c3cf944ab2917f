namespace Gantral.Client;

/// <summary>A page of delegations.</summary>
/// <param name="Delegations">What it shows.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record DelegationPage(IReadOnlyList<GrantedDelegation> Delegations, string? NextCursor);
