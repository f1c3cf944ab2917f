using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>The decision that counted last.</summary>
/// <param name="DecisionId">Its id.</param>
/// <param name="DecisionType">What was decided.</param>
/// <param name="HumanActorId">Who decided.</param>
/// <param name="Role">In which role.</param>
/// <param name="Timestamp">When.</param>
public sealed record LastDecision(Guid DecisionId, DecisionType DecisionType, string HumanActorId, string? Role, DateTimeOffset Timestamp);
