namespace Gantral.Abstractions.Authority;

/// <summary>Why an instance was terminated, or what an execution event answers to.</summary>
public enum Reason
{
    /// <summary>A person refused.</summary>
    Rejected,

    /// <summary>Policy denied the start or the step.</summary>
    PolicyDenied,

    /// <summary>Policy could not be asked, or its answer could not be understood.</summary>
    PolicyUnavailable,

    /// <summary>Policies contradict each other, or one contradicts itself.</summary>
    ConflictingPolicy,

    /// <summary>Nobody decided in time.</summary>
    Timeout,

    /// <summary>An approval was not taken up in time.</summary>
    ApprovalExpired,

    /// <summary>The agent reported failure.</summary>
    AgentFailed,

    /// <summary>The runner was lost and no attempt is left.</summary>
    RunnerLost,

    /// <summary>Somebody cancelled the instance.</summary>
    Cancelled,

    /// <summary>The evidence of a transition could not be produced.</summary>
    EvidenceFailure,
}
