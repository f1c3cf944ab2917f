using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Abstractions.Grains;

/// <summary>Who asks, in which roles, and under which key.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Roles">The roles that the actor's token proves.</param>
/// <param name="Key">The idempotency key.</param>
public sealed record Caller(Actor Actor, ImmutableArray<string> Roles, CommandKey Key)
{
    /// <summary>The task under which a runner speaks. Nothing is committed once somebody else holds it.</summary>
    public Lease? Lease { get; init; }
}
