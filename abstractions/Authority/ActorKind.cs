using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Authority;

/// <summary>What kind of actor acted. Only a human decides.</summary>
[LowerCaseNames]
public enum ActorKind
{
    /// <summary>A person, proven by a configured claim.</summary>
    Human,

    /// <summary>A program: an agent, a runner, a service.</summary>
    Workload,

    /// <summary>Gantral itself: an expiry, a lost lease.</summary>
    System,
}
