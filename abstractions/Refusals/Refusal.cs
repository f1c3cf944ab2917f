namespace Gantral.Abstractions.Refusals;

/// <summary>A typed refusal: nothing was changed by the request that got it.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What happened, why, and what to do.</param>
public sealed record Refusal(RefusalCode Code, string Message)
{
    /// <summary>The HTTP status of the code.</summary>
    public int HttpStatus => Code switch
    {
        RefusalCode.InvalidBody => 400,
        RefusalCode.Unauthenticated => 401,
        RefusalCode.Forbidden or RefusalCode.NotEligible or RefusalCode.NotHuman => 403,
        RefusalCode.NotFound => 404,
        RefusalCode.InvalidTransition or RefusalCode.StaleContext or RefusalCode.IdempotencyConflict
            or RefusalCode.VersionExists or RefusalCode.LeaseLost => 409,
        RefusalCode.TooLarge => 413,
        RefusalCode.JustificationRequired or RefusalCode.ContextDeltaRequired or RefusalCode.UnknownStep => 422,
        RefusalCode.RateLimited => 429,
        RefusalCode.Overloaded or RefusalCode.PolicyUnavailable or RefusalCode.EvidenceFailure
            or RefusalCode.StorageUnavailable => 503,
        _ => throw new InvalidOperationException($"{Code} has no HTTP status."),
    };
}
