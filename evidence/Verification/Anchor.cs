using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>What ties the log's head to something that the operator could not rewrite.</summary>
[LowerCaseNames]
public enum Anchor
{
    /// <summary>Nothing: whoever holds the signing key could have rewritten the log before handing it over.</summary>
    None,

    /// <summary>A head that the auditor held already; nothing before it was rewritten since.</summary>
    EarlierCheckpoint,

    /// <summary>A trusted witness saw this head and signed it.</summary>
    Witnessed,
}
