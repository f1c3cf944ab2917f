using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Startup.Settings;

/// <summary>What becomes of an instance whose commit failed because the storage was away.</summary>
[LowerCaseNames]
internal enum OnStorageFailure
{
    /// <summary>Nothing: the caller is told, the state is unchanged, the same key may be sent again.</summary>
    Report,

    /// <summary>It is terminated as soon as that can be committed, and takes no command until then.</summary>
    Terminate,
}
