using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>Decisions of one kind by one person in one role.</summary>
/// <param name="HumanActorId">Who decided.</param>
/// <param name="Issuer">Who vouches for the id.</param>
/// <param name="Role">In which role.</param>
/// <param name="DecisionType">What was decided; each of several approvals counts.</param>
/// <param name="Count">How often.</param>
/// <param name="Delegated">How often of these on behalf of somebody else.</param>
public sealed record DecisionCount(string HumanActorId, string Issuer, string Role, DecisionType DecisionType, long Count, long Delegated);
