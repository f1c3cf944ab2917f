namespace Gantral.Abstractions.Authority;

/// <summary>One of several needed approvals.</summary>
/// <param name="Approver">Who approved, and as what.</param>
/// <param name="Grantor">On whose behalf, if the person acted under a delegation: the two count as one.</param>
public sealed record Approval(Actor Approver, Person? Grantor);
