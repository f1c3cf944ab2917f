namespace Gantral.Silo.Identity;

/// <summary>What came of looking at a token: an identity, or a sentence that says why there is none.</summary>
internal readonly record struct TokenVerdict
{
    private TokenVerdict(CallerIdentity? identity, string? fault) => (Identity, Fault) = (identity, fault);

    public CallerIdentity? Identity { get; }

    public string? Fault { get; }

    public static TokenVerdict Proven(CallerIdentity identity) => new(identity, null);

    public static TokenVerdict Refused(string fault) => new(null, fault);
}
