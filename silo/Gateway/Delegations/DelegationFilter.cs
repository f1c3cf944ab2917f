using System.Collections.Immutable;
using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Gateway.Delegations;

/// <summary>Which delegations are listed.</summary>
/// <param name="Teams">For instances of one of these teams.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record DelegationFilter(ImmutableArray<string> Teams, int Limit)
{
    /// <summary>Only those that this person lent, or was lent if <see cref="To"/> names the same person.</summary>
    public Person? By { get; init; }

    /// <summary>Only those that this person was lent, or lent if <see cref="By"/> names the same person.</summary>
    public Person? To { get; init; }

    /// <summary>Also those that have run out or were revoked.</summary>
    public bool Ended { get; init; }

    /// <summary>Only ids below this one: where the page before ended.</summary>
    public Guid? Below { get; init; }
}
