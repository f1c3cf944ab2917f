using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client;

/// <summary>What an operator wants of a queue.</summary>
[LowerCaseNames]
public enum QueueState
{
    /// <summary>Work is handed out.</summary>
    Open,

    /// <summary>What has begun goes on; nothing new begins.</summary>
    Draining,

    /// <summary>Nothing is handed out.</summary>
    Paused,
}
