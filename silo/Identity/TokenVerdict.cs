namespace Gantral.Silo.Identity;

/// <summary>What came of looking at a token: an identity, or a sentence that says why there is none.</summary>
internal readonly record struct TokenVerdict
{
    private TokenVerdict(CallerIdentity? identity, string? fault, TimeSpan left) => (Identity, Fault, Left) = (identity, fault, left);

    public CallerIdentity? Identity { get; }

    public string? Fault { get; }

    /// <summary>How long the token is believed from now on.</summary>
    public TimeSpan Left { get; }

    public static TokenVerdict Proven(CallerIdentity identity, TimeSpan left) => new(identity, null, left);

    public static TokenVerdict Refused(string fault) => new(null, fault, TimeSpan.Zero);
}
