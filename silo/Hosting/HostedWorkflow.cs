using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Workflows;

namespace Gantral.Silo.Hosting;

/// <summary>A workflow version as its callers see it. Many read it at once; one that does not exist takes no room.</summary>
internal sealed class HostedWorkflow(GrainHost host, Versions<WorkflowGrain> versions, string id) : IWorkflowGrain
{
    public ValueTask<Registration<WorkflowVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition) =>
        host.RegisterAsync(async () =>
        {
            var grain = versions.Get(id);
            var registration = await grain.RegisterAsync(caller, owningTeamId, definition);
            ForgetUnless(registration.Version, grain);
            return registration;
        });

    public async ValueTask<WorkflowVersion?> ReadAsync()
    {
        var grain = versions.Get(id);
        var version = await grain.ReadAsync();
        ForgetUnless(version, grain);
        return version;
    }

    private void ForgetUnless(WorkflowVersion? version, WorkflowGrain grain)
    {
        if (version is null)
        {
            versions.Forget(id, grain);
        }
    }
}
