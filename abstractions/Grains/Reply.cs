using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Abstractions.Grains;

/// <summary>What an instance answers.</summary>
/// <param name="Instance">The instance right after the request; for a key that was used before, right after its first use.</param>
/// <param name="Entries">What the request committed; for a key that was used before, what its first use committed.</param>
/// <param name="Refusal">Why it was not carried out.</param>
public sealed record Reply(Instance? Instance, ImmutableArray<Entry> Entries, Refusal? Refusal)
{
    /// <summary>A request that changed nothing.</summary>
    public static Reply Refused(RefusalCode code, string message, Instance? instance = null) => new(instance, [], new Refusal(code, message));
}
