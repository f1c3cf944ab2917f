using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

/// <summary>What people are asked.</summary>
/// <param name="Request">The question.</param>
/// <param name="RequestedBy">Who asked; neither this actor nor the creator decides.</param>
/// <param name="Since">Since when this level has been asked.</param>
public sealed record Pending(AuthorityRequest Request, Actor RequestedBy, Instant Since)
{
    /// <summary>What people are shown; none once that was erased.</summary>
    public PrivateField? Snapshot { get; init; }

    /// <summary>The approvals so far, where several are needed.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];
}
