using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Grains that only write down what they are asked, and answer what they are told to.</summary>
internal sealed class RecordingGrains : IGrains, IInstanceGrain, IWorkflowGrain, IPolicyGrain
{
    private string _id = "";

    /// <summary>What was asked: the grain, the method and what was handed over.</summary>
    public List<(string Grain, string Method, Caller Caller, object?[] Arguments)> Asked { get; } = [];

    public Dictionary<Guid, Instance> Instances { get; } = [];

    public PolicyVersion? PolicyVersion { get; set; }

    public WorkflowVersion? WorkflowVersion { get; set; }

    /// <summary>What every command answers.</summary>
    public Func<Reply> Answer { get; set; } = () => new Reply(Samples.Running(), [], null);

    public IInstanceGrain Instance(Guid instanceId) => At(instanceId.ToString("D"));

    public IWorkflowGrain Workflow(string workflowId, string workflowVersion) => At($"{workflowId}@{workflowVersion}");

    public IPolicyGrain Policy(string policyVersionId) => At(policyVersionId);

    public RecordingDelegations Lent { get; } = new();

    /// <summary>What a dry run answers.</summary>
    public PolicyTrial Trial { get; set; } = new("deploy-guard@7", new PolicyAnswer.Advised(new PolicyAdvice(PolicyDecision.Allow)));

    // No route reaches these yet.
    public ISettingGrain Setting(string settingId) => throw new NotSupportedException();

    public IDelegationGrain Delegation(Guid delegationId)
    {
        At(delegationId.ToString("D"));
        return Lent;
    }

    public ValueTask<PolicyTrial> TryAsync(PolicyQuestion question) => ValueTask.FromResult(Trial);

    public ValueTask<Reply> CreateAsync(Caller caller, Creation creation) => Note("create", caller, creation);

    public ValueTask<Reply> StartAsync(Caller caller) => Note("start", caller);

    public ValueTask<Reply> RequestAuthorityAsync(Caller caller, string step, CanonicalBytes executionContext) => Note("ask", caller, step, executionContext.ToString());

    public ValueTask<Reply> DecideAsync(Caller caller, OfferedDecision decision) => Note("decide", caller, decision);

    public ValueTask<Reply> CancelAsync(Caller caller, string? justification) => Note("cancel", caller, justification);

    /// <summary>What reading an instance waits for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public async ValueTask<Instance?> ReadAsync()
    {
        var id = Guid.Parse(_id);
        await Hold;
        _id = id.ToString("D");
        return Instances.GetValueOrDefault(id);
    }

    public async ValueTask<Binding?> BindingAsync() => (await ReadAsync())?.Binding;

    ValueTask<PolicyVersion?> IPolicyGrain.ReadAsync() => ValueTask.FromResult(PolicyVersion?.Reference.PolicyVersionId == _id ? PolicyVersion : null);

    ValueTask<WorkflowVersion?> IWorkflowGrain.ReadAsync() => ValueTask.FromResult(WorkflowVersion);

    ValueTask<Registration<PolicyVersion>> IPolicyGrain.RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition)
    {
        var reply = Write("register-policy", caller, owningTeamId, definition.ToString());
        return ValueTask.FromResult(new Registration<PolicyVersion>(reply.Refusal is null ? Samples.Policy(_id) : null, reply.Refusal));
    }

    ValueTask<Registration<WorkflowVersion>> IWorkflowGrain.RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition)
    {
        var reply = Write("register-workflow", caller, owningTeamId, definition.ToString());
        return ValueTask.FromResult(new Registration<WorkflowVersion>(reply.Refusal is null ? Samples.Workflow() : null, reply.Refusal));
    }

    public ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question) => throw new NotSupportedException();

    public ValueTask<Reply> ClaimAsync(Caller caller, WorkKind kind) => throw new NotSupportedException();

    public ValueTask<Reply> CompleteAsync(Caller caller, WorkRemains remains) => Note("complete", caller, remains);

    public ValueTask<Reply> FailAsync(Caller caller, WorkRemains remains, CanonicalBytes? error) => Note("fail", caller, remains, error?.ToString());

    public ValueTask<Reply> SuspendAsync(Caller caller, WorkRemains remains, CanonicalBytes? checkpoint) => Note("suspend", caller, remains, checkpoint?.ToString());

    public ValueTask<Reply> ExpireAsync(CommandKey key, Deadline deadline, Lease? lease = null) => throw new NotSupportedException();

    public ValueTask<Reply> AttachEvidenceAsync(Caller caller, CanonicalBytes evidence) => Note("attach", caller, evidence.ToString());

    public ValueTask<Reply> RecordCostAsync(Caller caller, Cost cost) => Note("cost", caller, cost);

    public ValueTask<Reply> RedactAsync(Caller caller, Redaction redaction, string justification) => Note("redact", caller, redaction.Sequence, string.Join(',', redaction.Fields), justification);

    /// <summary>Answers every command with a refusal.</summary>
    public void Refuse(RefusalCode code) => Answer = () => Reply.Refused(code, "Not now; wait.");

    private RecordingGrains At(string id)
    {
        _id = id;
        return this;
    }

    private ValueTask<Reply> Note(string method, Caller caller, params object?[] arguments) => ValueTask.FromResult(Write(method, caller, arguments));

    private Reply Write(string method, Caller caller, params object?[] arguments)
    {
        Asked.Add((_id, method, caller, arguments));
        return Answer();
    }
}
