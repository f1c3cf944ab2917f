using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Identity;

/// <summary>What a token proves about whoever presents it.</summary>
/// <param name="Actor">Who it is.</param>
/// <param name="Teams">The teams it may act for.</param>
/// <param name="Roles">Its roles, of the platform and of the business alike.</param>
internal sealed record CallerIdentity(Actor Actor, ImmutableArray<string> Teams, ImmutableArray<string> Roles)
{
    /// <summary>Somebody of whom nothing is proven: of no team, in no role.</summary>
    public static CallerIdentity Unknown { get; } = new(new Actor("", "", ActorKind.Workload), [], []);
}
