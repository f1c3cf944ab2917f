using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>One instance. It takes one request at a time, and answers once the outcome is durable or known not to have happened.</summary>
public interface IInstanceGrain
{
    /// <summary>Creates the instance, bound to a workflow version for good, and starts it unless told otherwise.</summary>
    ValueTask<Reply> CreateAsync(Caller caller, Creation creation);

    /// <summary>Starts a created instance; policy is asked.</summary>
    ValueTask<Reply> StartAsync(Caller caller);

    /// <summary>Asks before a governed step; policy is asked.</summary>
    ValueTask<Reply> RequestAuthorityAsync(Caller caller, string step, CanonicalBytes executionContext);

    /// <summary>A person decides.</summary>
    ValueTask<Reply> DecideAsync(Caller caller, OfferedDecision decision);

    /// <summary>A runner's process takes up the work.</summary>
    ValueTask<Reply> ClaimAsync(Caller caller, WorkKind kind);

    /// <summary>A runner's process finished.</summary>
    ValueTask<Reply> CompleteAsync(Caller caller, WorkRemains remains);

    /// <summary>A runner's process failed.</summary>
    ValueTask<Reply> FailAsync(Caller caller, WorkRemains remains, CanonicalBytes? error);

    /// <summary>A runner's process checkpointed and exited; policy is asked who decides, unless somebody is asked already.</summary>
    ValueTask<Reply> SuspendAsync(Caller caller, WorkRemains remains, CanonicalBytes? checkpoint);

    /// <summary>A deadline may have passed; that of a lease only as long as whoever noticed holds the task.</summary>
    ValueTask<Reply> ExpireAsync(CommandKey key, Deadline deadline, Lease? lease = null);

    /// <summary>Somebody stops the instance.</summary>
    ValueTask<Reply> CancelAsync(Caller caller, string? justification);

    /// <summary>Attaches references to evidence held elsewhere.</summary>
    ValueTask<Reply> AttachEvidenceAsync(Caller caller, CanonicalBytes evidence);

    /// <summary>Records what some work cost.</summary>
    ValueTask<Reply> RecordCostAsync(Caller caller, Cost cost);

    /// <summary>Records what is erased, and why.</summary>
    ValueTask<Reply> RedactAsync(Caller caller, Redaction redaction, string justification);

    /// <summary>The instance as the ledger has it now; none when there is no such instance. Not authority: whoever acts on it meets the fence.</summary>
    ValueTask<Instance?> ReadAsync();

    /// <summary>What the instance is bound to for good, which need not be read anew; none when there is no such instance.</summary>
    ValueTask<Binding?> BindingAsync();
}
