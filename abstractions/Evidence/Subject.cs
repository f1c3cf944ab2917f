namespace Gantral.Abstractions.Evidence;

/// <summary>What an entry is about. The entries of one subject form a chain.</summary>
/// <param name="Type">The kind of subject.</param>
/// <param name="Id">Its id, unique within the kind.</param>
public readonly record struct Subject(SubjectType Type, string Id)
{
    /// <summary>The subject of an instance.</summary>
    public static Subject Instance(Guid instanceId) => new(SubjectType.Instance, instanceId.ToString("D"));

    /// <summary>The subject of a workflow version.</summary>
    public static Subject Workflow(string workflowId, string version) => new(SubjectType.Workflow, $"{workflowId}@{version}");

    /// <summary>The subject of a policy version.</summary>
    public static Subject Policy(string policyVersionId) => new(SubjectType.Policy, policyVersionId);

    /// <summary>The subject of a delegation.</summary>
    public static Subject Delegation(Guid delegationId) => new(SubjectType.Delegation, delegationId.ToString("D"));

    /// <summary>The subject of a setting.</summary>
    public static Subject Setting(string settingId) => new(SubjectType.Setting, settingId);

    /// <summary>The subject of the log itself.</summary>
    public static Subject Log(string origin) => new(SubjectType.Setting, $"log/{origin}");
}
