using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Authority;

/// <summary>What the core says to a person who delegates, or ends a delegation.</summary>
/// <param name="Delegation">The delegation once the entry is committed.</param>
/// <param name="Entry">What to commit.</param>
/// <param name="Refusal">Why not.</param>
public sealed record DelegationRuling(Delegation? Delegation, SealedEntry? Entry, Refusal? Refusal);
