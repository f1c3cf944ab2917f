using Gantral.Abstractions.Grains;
using Gantral.Grains.Delegations;
using Gantral.Grains.Instances;
using Gantral.Grains.Ledger;
using Gantral.Grains.Policies;
using Gantral.Grains.Schedules;
using Gantral.Grains.Settings;
using Gantral.Grains.Workflows;

namespace Gantral.Grains.Tests.Instances;

/// <summary>The grains of one process, each kept once it was asked for. Nothing takes turns here: a test asks one thing at a time.</summary>
internal sealed class PlainGrains(ILedger ledger, IMoments moments, InstanceOptions options) : IGrains
{
    private readonly Dictionary<Guid, InstanceGrain> _instances = [];
    private readonly Dictionary<(string, string), WorkflowGrain> _workflows = [];
    private readonly Dictionary<string, PolicyGrain> _policies = [];
    private readonly Dictionary<string, SettingGrain> _settings = [];

    /// <summary>Stands in for a policy.</summary>
    public IPolicyGrain? Policed { get; set; }

    IInstanceGrain IGrains.Instance(Guid instanceId) => Instance(instanceId);

    public InstanceGrain Instance(Guid instanceId) =>
        Keep(_instances, instanceId, () => new InstanceGrain(instanceId, ledger, moments, this, options));

    public IWorkflowGrain Workflow(string workflowId, string workflowVersion) =>
        Keep(_workflows, (workflowId, workflowVersion), () => new WorkflowGrain(workflowId, workflowVersion, ledger, moments, this, Zones));

    public IPolicyGrain Policy(string policyVersionId) =>
        Policed ?? Keep(_policies, policyVersionId, () => new PolicyGrain(policyVersionId, ledger, moments, this, Http));

    public ISettingGrain Setting(string settingId) => Keep(_settings, settingId, () => new SettingGrain(settingId, ledger, moments));

    /// <summary>Where policies are asked that other services evaluate.</summary>
    public IHttpPolicies Http { get; set; } = new NoHttpPolicies();

    /// <summary>The clocks on the walls of the world.</summary>
    public ITimeZones Zones { get; set; } = new OnlyUtc();

    public IDelegationGrain Delegation(Guid delegationId) => new DelegationGrain(delegationId, ledger, moments);

    /// <summary>Forgets an instance, as a silo does that needs the room.</summary>
    public void Evict(Guid instanceId) => _instances.Remove(instanceId);

    private static TGrain Keep<TKey, TGrain>(Dictionary<TKey, TGrain> known, TKey key, Func<TGrain> make) where TKey : notnull
    {
        if (!known.TryGetValue(key, out var grain))
        {
            known.Add(key, grain = make());
        }

        return grain;
    }
}
