namespace Gantral.Evidence.Verification;

/// <summary>One thing that keeps evidence from being VALID.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Reason">Where and why, in words.</param>
public sealed record Finding(FindingCode Code, string Reason)
{
    /// <summary>The verdict that the finding leads to.</summary>
    public Verdict Verdict => Code switch
    {
        FindingCode.Ok => Verdict.Valid,
        < FindingCode.UnknownFormat => Verdict.Invalid,
        >= FindingCode.NotABundle => Verdict.Unusable,
        _ => Verdict.Inconclusive,
    };
}
