using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Gantral.Grains.Settings;

namespace Gantral.Grains.Instances;

/// <summary>
/// One instance. What it holds is a cache of what the ledger has: every commit is fenced, so a stale grain loses, reads
/// again and decides again. It is asked by one caller at a time; whoever hosts it sees to that.
/// </summary>
public sealed partial class InstanceGrain(Guid instanceId, ILedger ledger, IMoments moments, IGrains grains, InstanceOptions options) : IInstanceGrain
{
    private readonly PolicyDesk _policy = new(grains);

    /// <inheritdoc/>
    public async ValueTask<Reply> CreateAsync(Caller caller, Creation creation)
    {
        Governing? governing;
        try
        {
            // Another team's workflow looks as if it were not there.
            governing = await grains.Workflow(creation.WorkflowId, creation.WorkflowVersion).ReadAsync() is { } workflow && workflow.Binding.OwningTeamId == creation.OwningTeamId
                ? await Governing.ReadAsync(grains, workflow)
                : null;
        }
        catch (LedgerUnavailableException)
        {
            return Refused(Refusals.StorageUnavailable);
        }

        if (governing is not { Binding: var binding })
        {
            return Reply.Refused(RefusalCode.NotFound, $"The team '{creation.OwningTeamId}' has no workflow '{creation.WorkflowId}' in version '{creation.WorkflowVersion}'; register it first.");
        }

        if (governing.Missing is { } missing)
        {
            return Reply.Refused(RefusalCode.PolicyUnavailable, $"The operator requires the policy '{missing}', and it is not registered, so nothing was created; register it, or ask the operator to require another one.");
        }

        return await CarryOutAsync(caller.Key, async _ => new Command.Create(
            caller.Actor,
            caller.Key.CommandId,
            instanceId,
            binding,
            creation.TriggerContext,
            creation.Start ? await _policy.AskAsync(caller, instanceId, binding, ExecutionState.Created, null, creation.TriggerContext) : null), createsAfter: governing.Since);
    }

    /// <inheritdoc/>
    public ValueTask<Reply> StartAsync(Caller caller) => CarryOutAsync(caller, async instance => new Command.Start(
        caller.Actor, caller.Key.CommandId, await AskIfAsync(ExecutionState.Created, instance!, caller, null, instance!.TriggerContext?.Value)));

    /// <inheritdoc/>
    public ValueTask<Reply> RequestAuthorityAsync(Caller caller, string step, CanonicalBytes executionContext) => CarryOutAsync(caller, async instance =>
        new Command.RequestAuthority(
            caller.Actor, caller.Key.CommandId, step, executionContext, await AskIfAsync(ExecutionState.Running, instance!, caller, step, executionContext)));

    /// <inheritdoc/>
    public ValueTask<Reply> DecideAsync(Caller caller, OfferedDecision decision) => CarryOutAsync(caller, async _ => new Command.Decide(
        caller.Actor, caller.Key.CommandId, decision.DecisionType, decision.Role, caller.Roles, decision.ContextSnapshotHash, decision.Justification)
    {
        ContextDelta = decision.ContextDelta,
        IsDelegated = decision.DelegationId is not null,
        Delegation = decision.DelegationId is { } delegationId ? await DelegationToAsync(caller.Actor.Person, delegationId) : null,
    });

    /// <inheritdoc/>
    public ValueTask<Reply> ClaimAsync(Caller caller, WorkKind kind) =>
        CarryOutAsync(caller, new Command.Claim(caller.Actor, caller.Key.CommandId, kind));

    /// <inheritdoc/>
    public ValueTask<Reply> CompleteAsync(Caller caller, WorkRemains remains) =>
        CarryOutAsync(caller, With(remains, new Command.Complete(caller.Actor, caller.Key.CommandId)));

    /// <inheritdoc/>
    public ValueTask<Reply> FailAsync(Caller caller, WorkRemains remains, CanonicalBytes? error) =>
        CarryOutAsync(caller, With(remains, new Command.Fail(caller.Actor, caller.Key.CommandId, error)));

    /// <inheritdoc/>
    public ValueTask<Reply> SuspendAsync(Caller caller, WorkRemains remains, CanonicalBytes? checkpoint) => CarryOutAsync(caller, async instance =>
        With(remains, new Command.Suspend(
            caller.Actor, caller.Key.CommandId, checkpoint, await AskIfAsync(ExecutionState.Running, instance!, caller, null, instance!.Context))));

    /// <inheritdoc/>
    public ValueTask<Reply> ExpireAsync(CommandKey key, Deadline deadline, Lease? lease = null) =>
        CarryOutAsync(key, async instance => new Command.Expire(key.CommandId, deadline)
        {
            Kept = deadline == Deadline.Retention && instance is { EndedAt: not null } ? KeptContent.Of(await ledger.ReadAsync(Subject)) : [],
        }, lease);

    /// <inheritdoc/>
    public ValueTask<Reply> CancelAsync(Caller caller, string? justification) =>
        CarryOutAsync(caller, new Command.Cancel(caller.Actor, caller.Key.CommandId, justification));

    /// <inheritdoc/>
    public ValueTask<Reply> AttachEvidenceAsync(Caller caller, CanonicalBytes evidence) =>
        CarryOutAsync(caller, new Command.AttachEvidence(caller.Actor, caller.Key.CommandId, evidence));

    /// <inheritdoc/>
    public ValueTask<Reply> RecordCostAsync(Caller caller, Cost cost) =>
        CarryOutAsync(caller, new Command.RecordCost(caller.Actor, caller.Key.CommandId, cost));

    /// <inheritdoc/>
    public ValueTask<Reply> RedactAsync(Caller caller, Redaction redaction, string justification) => CarryOutAsync(caller, async _ =>
    {
        var content = new RedactedContent(await ledger.ReadAsync(Subject), redaction);
        return new Command.Redact(caller.Actor, caller.Key.CommandId, content.Redaction, justification) { Copies = content.Copies, Fault = content.Fault(justification) };
    });

    /// <inheritdoc/>
    public ValueTask<Instance?> ReadAsync() => RefreshAsync();

    /// <inheritdoc/>
    public async ValueTask<Binding?> BindingAsync() => (_instance ?? await RefreshAsync())?.Binding;

    // One that was given to somebody else looks as if it were not there.
    private async ValueTask<Delegation?> DelegationToAsync(Person person, Guid delegationId) =>
        await grains.Delegation(delegationId).ReadAsync() is { } delegation && delegation.Grant.To == person ? delegation : null;

    private static Command.Outcome With(WorkRemains remains, Command.Outcome outcome) =>
        outcome with { Evidence = remains.Evidence, Cost = remains.Cost };

    // In any other state the command is refused whatever policy would say, so policy is not asked.
    private async ValueTask<PolicyAnswer> AskIfAsync(ExecutionState state, Instance instance, Caller caller, string? step, CanonicalBytes? context) =>
        instance.State == state && context is { } seen
            ? await _policy.AskAsync(caller, instanceId, instance.Binding, state, step, seen)
            : new PolicyAnswer.Unavailable();
}
