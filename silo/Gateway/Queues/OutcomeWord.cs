namespace Gantral.Silo.Gateway.Queues;

/// <summary>The ways in which a process ends.</summary>
internal enum OutcomeWord
{
    /// <summary>The agent finished.</summary>
    Completed,

    /// <summary>The agent failed.</summary>
    Failed,

    /// <summary>The agent checkpointed and exited.</summary>
    Suspended,
}
