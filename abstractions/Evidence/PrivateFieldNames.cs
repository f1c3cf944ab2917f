using System.Collections.Immutable;

namespace Gantral.Abstractions.Evidence;

/// <summary>The private fields there are. Each can be erased and its entry still verifies.</summary>
public static class PrivateFieldNames
{
    /// <summary>What an instance was created with.</summary>
    public const string TriggerContext = "trigger_context";

    /// <summary>What policy saw and people are shown.</summary>
    public const string ContextSnapshot = "context_snapshot";

    /// <summary>What an override changes.</summary>
    public const string ContextDelta = "context_delta";

    /// <summary>Why a person acted.</summary>
    public const string Justification = "justification";

    /// <summary>Where the agent keeps its checkpoint; Gantral never reads it.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Hashes of or pointers to evidence held elsewhere.</summary>
    public const string Evidence = "evidence";

    /// <summary>What an agent said when it failed.</summary>
    public const string Error = "error";

    /// <summary>The content of a workflow or policy version, or of a setting.</summary>
    public const string Definition = "definition";

    /// <summary>All of them. Nothing else is taken: not of an agent's inside, not of anything.</summary>
    public static ImmutableArray<string> All { get; } = [TriggerContext, ContextSnapshot, ContextDelta, Justification, Checkpoint, Evidence, Error, Definition];
}
