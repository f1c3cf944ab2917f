using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;

namespace Gantral.Silo.Hosting;

/// <summary>An instance as its callers see it: an identity. The grain behind it is there when it is this caller's turn.</summary>
internal sealed class HostedInstance(GrainHost host, Guid instanceId) : IInstanceGrain
{
    public ValueTask<Reply> CreateAsync(Caller caller, Creation creation) =>
        host.AskAsync(instanceId, grain => grain.CreateAsync(caller, creation));

    public ValueTask<Reply> StartAsync(Caller caller) => host.AskAsync(instanceId, grain => grain.StartAsync(caller));

    public ValueTask<Reply> RequestAuthorityAsync(Caller caller, string step, CanonicalBytes executionContext) =>
        host.AskAsync(instanceId, grain => grain.RequestAuthorityAsync(caller, step, executionContext));

    public ValueTask<Reply> DecideAsync(Caller caller, OfferedDecision decision) =>
        host.AskAsync(instanceId, grain => grain.DecideAsync(caller, decision));

    public ValueTask<Reply> ClaimAsync(Caller caller, WorkKind kind) => host.AskAsync(instanceId, grain => grain.ClaimAsync(caller, kind));

    public ValueTask<Reply> CompleteAsync(Caller caller, WorkRemains remains) =>
        host.AskAsync(instanceId, grain => grain.CompleteAsync(caller, remains));

    public ValueTask<Reply> FailAsync(Caller caller, WorkRemains remains, CanonicalBytes? error) =>
        host.AskAsync(instanceId, grain => grain.FailAsync(caller, remains, error));

    public ValueTask<Reply> SuspendAsync(Caller caller, WorkRemains remains, CanonicalBytes? checkpoint) =>
        host.AskAsync(instanceId, grain => grain.SuspendAsync(caller, remains, checkpoint));

    public ValueTask<Reply> ExpireAsync(CommandKey key, Deadline deadline, Lease? lease = null) =>
        host.AskAsync(instanceId, grain => grain.ExpireAsync(key, deadline, lease));

    public ValueTask<Reply> CancelAsync(Caller caller, string? justification) =>
        host.AskAsync(instanceId, grain => grain.CancelAsync(caller, justification));

    public ValueTask<Reply> AttachEvidenceAsync(Caller caller, CanonicalBytes evidence) =>
        host.AskAsync(instanceId, grain => grain.AttachEvidenceAsync(caller, evidence));

    public ValueTask<Reply> RecordCostAsync(Caller caller, Cost cost) =>
        host.AskAsync(instanceId, grain => grain.RecordCostAsync(caller, cost));

    public ValueTask<Reply> RedactAsync(Caller caller, Redaction redaction, string justification) =>
        host.AskAsync(instanceId, grain => grain.RedactAsync(caller, redaction, justification));

    public ValueTask<Instance?> ReadAsync() => host.ReadAsync(instanceId, grain => grain.ReadAsync());

    public ValueTask<Binding?> BindingAsync() => host.ReadAsync(instanceId, grain => grain.BindingAsync());
}
