namespace Gantral.Client;

/// <summary>The codes of refusals. They are stable; a later server may have more.</summary>
public static class ProblemCode
{
    /// <summary>No valid token.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The token lacks the role for the operation.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>This actor may not decide here.</summary>
    public const string NotEligible = "not_eligible";

    /// <summary>Only a person decides.</summary>
    public const string NotHuman = "not_human";

    /// <summary>No such object, or one of another team.</summary>
    public const string NotFound = "not_found";

    /// <summary>The state machine has no such edge now.</summary>
    public const string InvalidTransition = "invalid_transition";

    /// <summary>The decision names another snapshot than the pending one.</summary>
    public const string StaleContext = "stale_context";

    /// <summary>The idempotency key was used with another body.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>The version exists with other content.</summary>
    public const string VersionExists = "version_exists";

    /// <summary>The task was handed to another runner: stop the work.</summary>
    public const string LeaseLost = "lease_lost";

    /// <summary>The body is over a documented limit.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The body cannot be understood.</summary>
    public const string InvalidBody = "invalid_body";

    /// <summary>The justification is missing or too short or too long.</summary>
    public const string JustificationRequired = "justification_required";

    /// <summary>An override must change something.</summary>
    public const string ContextDeltaRequired = "context_delta_required";

    /// <summary>The workflow declares no such step.</summary>
    public const string UnknownStep = "unknown_step";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Too much waits already, or the outcome is not known yet.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>Policy could not be asked.</summary>
    public const string PolicyUnavailable = "policy_unavailable";

    /// <summary>The evidence could not be produced.</summary>
    public const string EvidenceFailure = "evidence_failure";

    /// <summary>The storage is away; nothing happened.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>The operation exists under another method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>A fault of the silo.</summary>
    public const string InternalError = "internal_error";

    /// <summary>What answered does not speak as a silo does: a proxy, or another address. The one code that no silo sends.</summary>
    public const string NotGantral = "not_gantral";
}
