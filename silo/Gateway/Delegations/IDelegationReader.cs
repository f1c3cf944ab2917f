using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Gateway.Delegations;

/// <summary>What is found by looking over many delegations: a projection, never authority.</summary>
internal interface IDelegationReader
{
    /// <summary>The ids of the delegations that a filter lets pass, the newest first.</summary>
    ValueTask<ImmutableArray<Guid>> ListAsync(DelegationFilter filter);

    /// <summary>The roles that a person is lent now, for instances of these teams.</summary>
    ValueTask<ImmutableArray<LentRole>> LentAsync(Person to, ImmutableArray<string> teams);
}
