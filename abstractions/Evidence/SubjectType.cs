using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Evidence;

/// <summary>What an entry is about. What governs is in the log as well as what is governed.</summary>
[LowerCaseNames]
public enum SubjectType
{
    /// <summary>An execution instance.</summary>
    Instance,

    /// <summary>A workflow version.</summary>
    Workflow,

    /// <summary>A policy version.</summary>
    Policy,

    /// <summary>A delegation from one person to another.</summary>
    Delegation,

    /// <summary>A signing key of the log.</summary>
    Key,

    /// <summary>A setting that governs instances, or the log itself.</summary>
    Setting,
}
