using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;

namespace Gantral.Silo.Hosting;

/// <summary>A policy version as its callers see it. Many ask it at once; one that does not exist takes no room.</summary>
internal sealed class HostedPolicy(GrainHost host, Versions<PolicyGrain> versions, string policyVersionId) : IPolicyGrain
{
    public ValueTask<Registration<PolicyVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition) =>
        host.RegisterAsync(async () =>
        {
            var grain = versions.Get(policyVersionId);
            var registration = await grain.RegisterAsync(caller, owningTeamId, definition);
            ForgetUnless(registration.Version, grain);
            return registration;
        });

    public async ValueTask<PolicyVersion?> ReadAsync()
    {
        var grain = versions.Get(policyVersionId);
        var version = await grain.ReadAsync();
        ForgetUnless(version, grain);
        return version;
    }

    public async ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question)
    {
        var (grain, since) = (versions.Get(policyVersionId), host.Timestamp);
        var answer = await grain.AskAsync(question);
        host.Asked(answer, since);
        if (!grain.IsKnown)
        {
            versions.Forget(policyVersionId, grain);
        }

        return answer;
    }

    public async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question)
    {
        var grain = versions.Get(policyVersionId);
        var trial = await grain.TryAsync(question);
        if (!grain.IsKnown)
        {
            versions.Forget(policyVersionId, grain);
        }

        return trial;
    }

    private void ForgetUnless(PolicyVersion? version, PolicyGrain grain)
    {
        if (version is null)
        {
            versions.Forget(policyVersionId, grain);
        }
    }
}
