using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>What becomes of the firings of a schedule that no silo was there for.</summary>
[LowerCaseNames]
public enum MissedFirings
{
    /// <summary>They are left out.</summary>
    Skip,

    /// <summary>The last of them is made up for.</summary>
    RunOnce,

    /// <summary>All of them are made up for, within bounds.</summary>
    RunAll,
}
