using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Evidence;

/// <summary>One event, one entry, one leaf of the log. Its canonical bytes are the evidence; this is their meaning.</summary>
public sealed record Entry
{
    /// <summary>The format of the bytes, frozen. A change of format is a new version beside this one.</summary>
    public const string Format = "gantral/entry/1";

    /// <summary>What the entry is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>1, 2, 3 … within the subject.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the subject's previous entry; zero for the first.</summary>
    public required Digest PrevHash { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The state before, of an instance that existed.</summary>
    public ExecutionState? FromState { get; init; }

    /// <summary>The state after, of an instance.</summary>
    public ExecutionState? State { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What the instance is bound to; on every entry of an instance, and on a workflow's registration.</summary>
    public Binding? Binding { get; init; }

    /// <summary>The team of a subject that is bound to no workflow: a policy, a delegation, a setting.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>The policy version that a policy's registration registers.</summary>
    public PolicyReference? Policy { get; init; }

    /// <summary>What is asked of people.</summary>
    public AuthorityRequest? Authority { get; init; }

    /// <summary>What a person decided.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What policy advised, on the entry that its advice caused without a person.</summary>
    public Advice? Advice { get; init; }

    /// <summary>Why.</summary>
    public Reason? Reason { get; init; }

    /// <summary>What was spent.</summary>
    public Cost? Cost { get; init; }

    /// <summary>Who may decide for whom.</summary>
    public DelegationGrant? Delegation { get; init; }

    /// <summary>What was erased.</summary>
    public Redaction? Redaction { get; init; }

    /// <summary>A signing key.</summary>
    public SigningKey? Key { get; init; }

    /// <summary>The log that this entry opens.</summary>
    public LogOpening? Log { get; init; }

    /// <summary>The hash over the hashes of the event's private fields.</summary>
    public Digest? PayloadHash { get; init; }

    /// <summary>The hash of the command's idempotency key.</summary>
    public Digest? CommandId { get; init; }
}
