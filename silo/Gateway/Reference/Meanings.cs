using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>What a refusal means to whoever gets it, in a sentence.</summary>
internal static class Meanings
{
    /// <summary>The sentence for a code.</summary>
    public static string Of(RefusalCode code) => code switch
    {
        RefusalCode.Unauthenticated => "There is no valid token.",
        RefusalCode.Forbidden => "The token lacks the role or speaks for another team, or a development silo was called by a name that is not this machine's.",
        RefusalCode.NotEligible => "This person may not do it: the role is not theirs or not asked for, or they asked themselves.",
        RefusalCode.NotHuman => "Only a person may do it, and the token speaks for a program.",
        RefusalCode.NotFound => "There is no such object, or it belongs to another team.",
        RefusalCode.InvalidTransition => "The state does not allow it now; somebody else may have been first.",
        RefusalCode.StaleContext => "Something else is pending than what the person was shown; look again.",
        RefusalCode.IdempotencyConflict => "The Idempotency-Key was used for another request.",
        RefusalCode.VersionExists => "The version exists with other content; register another version.",
        RefusalCode.LeaseLost => "The task was handed to another runner.",
        RefusalCode.TooLarge => "The body is over a limit, or a table would not be whole.",
        RefusalCode.InvalidBody => "The body, the query or a header cannot be understood; the detail says where.",
        RefusalCode.JustificationRequired => "The justification is missing, too short or too long.",
        RefusalCode.ContextDeltaRequired => "An override must change something.",
        RefusalCode.UnknownStep => "The workflow declares no such step.",
        RefusalCode.RateLimited => "There were too many requests; wait as long as Retry-After says.",
        RefusalCode.Overloaded => "Too much waits already, and nothing was changed; send the same request again.",
        RefusalCode.PolicyUnavailable => "Policy could not be asked, and nothing was changed.",
        RefusalCode.EvidenceFailure => "The evidence could not be produced.",
        RefusalCode.StorageUnavailable => "The storage cannot be reached, and nothing was changed; send the same request again.",
        _ => throw new InvalidOperationException($"{code} has no meaning yet."),
    };
}
