using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Instances;

/// <summary>What becomes of an instance when the storage was away and a commit is known not to have happened.</summary>
[LowerCaseNames]
public enum OnStorageFailure
{
    /// <summary>Nothing: the caller is told, and may send the same key again.</summary>
    Refuse,

    /// <summary>It is terminated once the storage is back, and refuses every command until then.</summary>
    Terminate,
}
