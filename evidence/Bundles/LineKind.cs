using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Bundles;

/// <summary>What a line of a bundle is.</summary>
[LowerCaseNames]
public enum LineKind
{
    /// <summary>What the file is, and how many lines of each kind follow.</summary>
    Header,

    /// <summary>An entry and its position in the log.</summary>
    Entry,

    /// <summary>The bare hash of an entry that the file does not show.</summary>
    Leaf,

    /// <summary>The proof that the entry at a position is in the tree of a size.</summary>
    Proof,

    /// <summary>A signed head of the log.</summary>
    Checkpoint,

    /// <summary>The proof that one head only adds to another.</summary>
    Consistency,

    /// <summary>The tree before the first position of a range.</summary>
    Frontier,

    /// <summary>The private content of an entry, or what is left of it.</summary>
    Payload,
}
