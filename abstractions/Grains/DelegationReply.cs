using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;

namespace Gantral.Abstractions.Grains;

/// <summary>What a delegation answers.</summary>
/// <param name="Delegation">The delegation right after the request; for a key that was used before, right after its first use.</param>
/// <param name="Refusal">Why the request was not carried out.</param>
public sealed record DelegationReply(Delegation? Delegation, Refusal? Refusal);
