using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Refusals;

/// <summary>Why a request was refused. The codes are stable: programs act on them.</summary>
[LowerCaseNames]
public enum RefusalCode
{
    /// <summary>No valid token.</summary>
    Unauthenticated,

    /// <summary>The token lacks the role for the operation.</summary>
    Forbidden,

    /// <summary>This actor may not decide here.</summary>
    NotEligible,

    /// <summary>Only a person decides.</summary>
    NotHuman,

    /// <summary>No such object, or one of another team.</summary>
    NotFound,

    /// <summary>The state machine has no such edge now.</summary>
    InvalidTransition,

    /// <summary>The decision names another snapshot than the pending one.</summary>
    StaleContext,

    /// <summary>The idempotency key was used with another body.</summary>
    IdempotencyConflict,

    /// <summary>The version exists with other content.</summary>
    VersionExists,

    /// <summary>The task was handed to another runner.</summary>
    LeaseLost,

    /// <summary>The body is over a documented limit.</summary>
    TooLarge,

    /// <summary>The body cannot be understood.</summary>
    InvalidBody,

    /// <summary>The justification is missing or too short or too long.</summary>
    JustificationRequired,

    /// <summary>An override must change something.</summary>
    ContextDeltaRequired,

    /// <summary>The workflow declares no such step.</summary>
    UnknownStep,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>Too much waits already.</summary>
    Overloaded,

    /// <summary>Policy could not be asked.</summary>
    PolicyUnavailable,

    /// <summary>The evidence could not be produced.</summary>
    EvidenceFailure,

    /// <summary>The storage is away; nothing happened.</summary>
    StorageUnavailable,
}
