using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Delegations;

namespace Gantral.Silo.Hosting;

/// <summary>A delegation as its callers see it. It remembers nothing, so it takes no room and no turns.</summary>
internal sealed class HostedDelegation(GrainHost host, DelegationGrain grain) : IDelegationGrain
{
    public ValueTask<DelegationReply> GrantAsync(Caller caller, string owningTeamId, DelegationGrant grant, string justification) =>
        host.DelegateAsync(() => grain.GrantAsync(caller, owningTeamId, grant, justification));

    public ValueTask<DelegationReply> RevokeAsync(Caller caller, string justification) => host.DelegateAsync(() => grain.RevokeAsync(caller, justification));

    public ValueTask<Delegation?> ReadAsync() => grain.ReadAsync();
}
