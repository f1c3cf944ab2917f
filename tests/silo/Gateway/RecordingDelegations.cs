using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>A delegation that is there or not, and takes whatever it is told.</summary>
internal sealed class RecordingDelegations : IDelegationGrain
{
    public Delegation? Delegation { get; set; }

    public ValueTask<DelegationReply> GrantAsync(Caller caller, string owningTeamId, DelegationGrant grant, string justification) => new(new DelegationReply(Samples.Lent(caller.Actor.Id), null));

    public ValueTask<DelegationReply> RevokeAsync(Caller caller, string justification) => new(new DelegationReply(Delegation, null));

    public ValueTask<Delegation?> ReadAsync() => new(Delegation);
}
