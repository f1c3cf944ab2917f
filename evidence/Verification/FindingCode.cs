using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>What was found. Of several findings of one verdict, the one that stands first here is named.</summary>
[LowerCaseNames]
public enum FindingCode
{
    /// <summary>VALID: nothing was found.</summary>
    Ok,

    // What makes evidence INVALID, from the bytes up to their meaning.

    /// <summary>A line is not canonical JSON of a known shape.</summary>
    MalformedLine,

    /// <summary>A line stands where it cannot stand.</summary>
    MisplacedLine,

    /// <summary>A line is there twice.</summary>
    DuplicateLine,

    /// <summary>An entry's bytes are not an entry.</summary>
    MalformedEntry,

    /// <summary>A signed head cannot be read.</summary>
    MalformedCheckpoint,

    /// <summary>A signature does not fit its key and text.</summary>
    WrongSignature,

    /// <summary>A key signed a head at a position for which it was not valid.</summary>
    KeyOutOfRange,

    /// <summary>Two heads of one size have different roots.</summary>
    SplitView,

    /// <summary>The entries do not hash to the signed root.</summary>
    WrongRoot,

    /// <summary>A proof does not lead to the signed root.</summary>
    WrongProof,

    /// <summary>Private content does not match its hash.</summary>
    WrongPayload,

    /// <summary>One bundle speaks of several subjects that do not belong together.</summary>
    MixedSubjects,

    /// <summary>A sequence number is there twice: the chain forks.</summary>
    DuplicateSequence,

    /// <summary>An entry does not name its predecessor's hash.</summary>
    BrokenChain,

    /// <summary>Positions do not ascend with the sequence.</summary>
    WrongOrder,

    /// <summary>Time steps back inside a subject.</summary>
    TimeSteppedBack,

    /// <summary>Workflow, policy, team, materiality or mode changed.</summary>
    BindingChanged,

    /// <summary>The state machine has no such edge.</summary>
    IllegalEdge,

    /// <summary>An event happened where or when it cannot.</summary>
    IllegalEvent,

    /// <summary>Something else than a person decided.</summary>
    NotHuman,

    /// <summary>Somebody decided who must not.</summary>
    NotEligible,

    /// <summary>Somebody decided at or after the deadline.</summary>
    DecisionTooLate,

    /// <summary>A decision is bound to another snapshot than the pending one.</summary>
    StaleContext,

    /// <summary>An override changes nothing, or something else than an override does.</summary>
    ContextDeltaRequired,

    /// <summary>Fewer or more people approved than had to.</summary>
    QuorumNotMet,

    /// <summary>A delegation does not cover the decision made under it.</summary>
    DelegationNotValid,

    /// <summary>An approval was taken up after it had expired.</summary>
    ApprovalExpired,

    /// <summary>What governs is not what the instance is bound to.</summary>
    GoverningMismatch,

    // What makes evidence INCONCLUSIVE.

    /// <summary>Bytes are of a version of the format that this verifier does not know.</summary>
    UnknownFormat,

    /// <summary>The file is larger than this kind of bundle can be.</summary>
    TooLarge,

    /// <summary>The file ends in the middle of a line.</summary>
    Truncated,

    /// <summary>The header promises other numbers of lines than are there.</summary>
    CountMismatch,

    /// <summary>No trusted key signed a head.</summary>
    NoTrustedKey,

    /// <summary>A head carries a signature that no known key can check.</summary>
    UnknownSigner,

    /// <summary>No signed head covers the entries.</summary>
    MissingCheckpoint,

    /// <summary>An entry or a head has no proof.</summary>
    MissingProof,

    /// <summary>An entry is not there.</summary>
    MissingEntry,

    /// <summary>The entry of a workflow, policy or delegation is not there.</summary>
    MissingGoverning,

    /// <summary>The instance has not ended, and the bundle alone cannot show that nothing follows.</summary>
    Open,

    // What makes input unusable.

    /// <summary>The input has no header: it is not a bundle.</summary>
    NotABundle,

    /// <summary>The input could not be read, or what was given beside it cannot be used.</summary>
    UnusableInput,
}
