using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>One delegation: a role that a person lends to another one for a time.</summary>
public interface IDelegationGrain
{
    /// <summary>Lends a role.</summary>
    /// <param name="caller">Who lends, and holds the role by a token of their own.</param>
    /// <param name="owningTeamId">For which team's instances.</param>
    /// <param name="grant">To whom, in which role, until when.</param>
    /// <param name="justification">Why.</param>
    ValueTask<DelegationReply> GrantAsync(Caller caller, string owningTeamId, DelegationGrant grant, string justification);

    /// <summary>Ends the delegation early.</summary>
    ValueTask<DelegationReply> RevokeAsync(Caller caller, string justification);

    /// <summary>The delegation as the ledger has it now, never as it was remembered; none when there is no such delegation.</summary>
    ValueTask<Delegation?> ReadAsync();
}
