namespace Gantral.Abstractions.Grains;

/// <summary>Where grains are reached. A grain has an identity and no place: it is there when it is asked.</summary>
public interface IGrains
{
    /// <summary>The instance with this id, whether it exists yet or not.</summary>
    IInstanceGrain Instance(Guid instanceId);

    /// <summary>A workflow version, whether it exists yet or not.</summary>
    IWorkflowGrain Workflow(string workflowId, string workflowVersion);

    /// <summary>A policy version, whether it exists yet or not.</summary>
    IPolicyGrain Policy(string policyVersionId);

    /// <summary>A setting, whether it was ever written or not.</summary>
    ISettingGrain Setting(string settingId);

    /// <summary>The delegation with this id, whether it exists yet or not.</summary>
    IDelegationGrain Delegation(Guid delegationId);
}
