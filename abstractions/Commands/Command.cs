using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;

namespace Gantral.Abstractions.Commands;

/// <summary>Something asked of an instance. The set is closed: whoever handles commands handles every one.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="CommandId">The hash of the idempotency key.</param>
public abstract record Command(Actor Actor, Digest CommandId)
{
    /// <summary>Creates an instance, and starts it in the same commit unless told otherwise.</summary>
    /// <param name="Actor">The creator, who can never decide on the instance.</param>
    /// <param name="CommandId">The hash of the idempotency key.</param>
    /// <param name="InstanceId">The id of the new instance.</param>
    /// <param name="Binding">What the instance is bound to for good.</param>
    /// <param name="TriggerContext">What it is created with.</param>
    /// <param name="StartAnswer">Policy's answer to the start, or none to leave the instance unstarted.</param>
    public sealed record Create(Actor Actor, Digest CommandId, Guid InstanceId, Binding Binding, CanonicalBytes TriggerContext, PolicyAnswer? StartAnswer)
        : Command(Actor, CommandId);

    /// <summary>Starts a created instance.</summary>
    public sealed record Start(Actor Actor, Digest CommandId, PolicyAnswer Answer) : Command(Actor, CommandId);

    /// <summary>Asks before a governed step.</summary>
    public sealed record RequestAuthority(Actor Actor, Digest CommandId, string Step, CanonicalBytes ExecutionContext, PolicyAnswer Answer)
        : Command(Actor, CommandId);

    /// <summary>A person decides.</summary>
    /// <param name="Actor">The person.</param>
    /// <param name="CommandId">The hash of the idempotency key.</param>
    /// <param name="DecisionType">What is decided.</param>
    /// <param name="Role">The role the person acts in.</param>
    /// <param name="HeldRoles">The roles the person's token proves.</param>
    /// <param name="ContextSnapshotHash">What the person saw.</param>
    /// <param name="Justification">Why.</param>
    public sealed record Decide(Actor Actor, Digest CommandId, DecisionType DecisionType, string Role, ImmutableArray<string> HeldRoles, Digest ContextSnapshotHash, string Justification)
        : Command(Actor, CommandId)
    {
        /// <summary>What an override changes, as a JSON merge patch.</summary>
        public CanonicalBytes? ContextDelta { get; init; }

        /// <summary>Whether the person acts under a delegation; if so and there is none, it lends this person nothing.</summary>
        public bool IsDelegated { get; init; }

        /// <summary>The delegation the person acts under, as it stands now.</summary>
        public Delegation? Delegation { get; init; }
    }

    /// <summary>A runner takes up the work.</summary>
    public sealed record Claim(Actor Actor, Digest CommandId, WorkKind Kind) : Command(Actor, CommandId);

    /// <summary>What a runner reports when its process has ended.</summary>
    public abstract record Outcome(Actor Actor, Digest CommandId) : Command(Actor, CommandId)
    {
        /// <summary>References to evidence held elsewhere.</summary>
        public CanonicalBytes? Evidence { get; init; }

        /// <summary>What the work cost.</summary>
        public Cost? Cost { get; init; }
    }

    /// <summary>The agent finished.</summary>
    public sealed record Complete(Actor Actor, Digest CommandId) : Outcome(Actor, CommandId);

    /// <summary>The agent failed.</summary>
    public sealed record Fail(Actor Actor, Digest CommandId, CanonicalBytes? Error) : Outcome(Actor, CommandId);

    /// <summary>The agent checkpointed and exited, to wait for a person.</summary>
    /// <param name="Actor">The runner.</param>
    /// <param name="CommandId">The hash of the idempotency key.</param>
    /// <param name="Checkpoint">An opaque reference with a hash; never the agent's state.</param>
    /// <param name="Answer">Policy's answer about who decides, needed when no gate is pending.</param>
    public sealed record Suspend(Actor Actor, Digest CommandId, CanonicalBytes? Checkpoint, PolicyAnswer? Answer) : Outcome(Actor, CommandId);

    /// <summary>A deadline has passed.</summary>
    public sealed record Expire(Digest CommandId, Deadline Deadline) : Command(Actor.System, CommandId)
    {
        /// <summary>What is still kept of the instance's content, or the first of it; only for <see cref="Deadline.Retention"/>.</summary>
        public ImmutableArray<Redaction> Kept { get; init; } = [];
    }

    /// <summary>Somebody stops the instance.</summary>
    public sealed record Cancel(Actor Actor, Digest CommandId, string? Justification) : Command(Actor, CommandId);

    /// <summary>Attaches references to evidence held elsewhere.</summary>
    public sealed record AttachEvidence(Actor Actor, Digest CommandId, CanonicalBytes Evidence) : Command(Actor, CommandId);

    /// <summary>Records what some work cost.</summary>
    public sealed record RecordCost(Actor Actor, Digest CommandId, Cost Cost) : Command(Actor, CommandId);

    /// <summary>Has private content erased.</summary>
    /// <param name="Actor">The person who has it erased.</param>
    /// <param name="CommandId">The hash of the idempotency key.</param>
    /// <param name="Redaction">What is erased.</param>
    /// <param name="Justification">Why. It stays, so it must not hold what is erased.</param>
    public sealed record Redact(Actor Actor, Digest CommandId, Redaction Redaction, string Justification) : Command(Actor, CommandId)
    {
        /// <summary>Where the same content stands a second time; it goes in the same commit.</summary>
        public ImmutableArray<Redaction> Copies { get; init; } = [];

        /// <summary>What speaks against it in the content itself, which the core does not read; nothing, if nothing does.</summary>
        public string? Fault { get; init; }
    }

    /// <summary>Ends an instance whose evidence could not be produced.</summary>
    public sealed record FailEvidence(Digest CommandId) : Command(Actor.System, CommandId);
}
