using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

/// <summary>A decision that counted.</summary>
/// <param name="DecisionId">Its id.</param>
/// <param name="Type">What was decided.</param>
/// <param name="Person">By whom.</param>
/// <param name="At">When.</param>
public sealed record DecisionMade(Guid DecisionId, DecisionType Type, Actor Person, Instant At);
