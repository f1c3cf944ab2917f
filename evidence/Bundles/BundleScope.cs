using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Bundles;

/// <summary>What a bundle shows, and so the most that can be proven with it.</summary>
[LowerCaseNames]
public enum BundleScope
{
    /// <summary>One instance with what governs it.</summary>
    Instance,

    /// <summary>The positions of a log from one to another.</summary>
    Range,

    /// <summary>A log from its first entry to a checkpoint.</summary>
    Log,
}
