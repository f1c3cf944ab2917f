using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>The fixed words of a <see cref="Statement"/>.</summary>
internal static class StatementWords
{
    /// <summary>The verdict in its colour.</summary>
    public static string Verdict(Verdict verdict, Colour colour) => verdict switch
    {
        Evidence.Verification.Verdict.Valid => colour.Good(WireName.Of(verdict)),
        Evidence.Verification.Verdict.Invalid => colour.Bad(WireName.Of(verdict)),
        _ => colour.Doubtful(WireName.Of(verdict)),
    };

    /// <summary>What the verdict means here.</summary>
    public static string Opening(VerificationReport report) => report.Verdict switch
    {
        Evidence.Verification.Verdict.Valid => report.Scope switch
        {
            BundleScope.Instance => "Every entry of this instance follows the one before and lies in the log under the signed head; every step, decision and deadline was replayed and is legal.",
            BundleScope.Range => "The entries of this range lie in the log under the signed head; what they show of each instance was replayed and is legal.",
            _ => "The entries of this log, from the first to the last, hash to the signed head; every instance in them was replayed, and every step, decision and deadline is legal.",
        },
        Evidence.Verification.Verdict.Invalid => $"This evidence is wrong: {Reason(report)}",
        _ => $"Nothing is wrong, but not everything could be proven: {Reason(report)}",
    };

    /// <summary>What the bundle shows.</summary>
    public static string Scope(BundleScope? scope) => scope switch
    {
        BundleScope.Instance => "one instance and what governs it",
        BundleScope.Range => "a range of a log",
        BundleScope.Log => "a whole log",
        _ => "unknown",
    };

    /// <summary>What ties the head down.</summary>
    public static string Anchor(Anchor anchor) => anchor switch
    {
        Evidence.Verification.Anchor.EarlierCheckpoint => "earlier_checkpoint: a checkpoint that you held already belongs to this history",
        Evidence.Verification.Anchor.Witnessed => "witnessed: a trusted witness signed this head too",
        _ => "none: only the log's own key vouches for this head",
    };

    private static string Reason(VerificationReport report) => $"{Printable.Text(report.Finding.Reason.TrimEnd('.'))} ({WireName.Of(report.Finding.Code)}).";
}
