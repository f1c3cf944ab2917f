using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary>What a server shows as a log cannot be believed; the message is a sentence for whoever ran this.</summary>
/// <param name="verdict">INVALID, or INCONCLUSIVE where only a key is missing.</param>
/// <param name="code">What was found, in one word.</param>
/// <param name="message">The same as a sentence.</param>
/// <param name="offered">The note that the server showed, if it is one.</param>
internal sealed class HeadRefusedException(Verdict verdict, string code, string message, byte[]? offered = null) : Exception(message)
{
    /// <summary>A head smaller than one that was signed before.</summary>
    public const string RolledBack = "rolled_back";

    /// <summary>A head that does not continue one that was signed before.</summary>
    public const string SplitView = "split_view";

    /// <summary>Hashes or entries that are not those under the signed root.</summary>
    public const string WrongRoot = "wrong_root";

    /// <summary>A head without a trusted signature that holds.</summary>
    public const string WrongSignature = "wrong_signature";

    /// <summary>A head of a log of which no key is known.</summary>
    public const string NoTrustedKey = "no_trusted_key";

    /// <summary>A head or a proof that cannot be read.</summary>
    public const string Malformed = "malformed_checkpoint";

    public Verdict Verdict => verdict;

    public string Code => code;

    public byte[]? Offered => offered;

    /// <summary>The same number as the verdict's.</summary>
    public int ExitStatus => verdict == Verdict.Invalid ? 1 : 2;
}
