namespace Gantral.Abstractions.Authority;

/// <summary>What an entry says happened. The transition events carry the name of the state they enter.</summary>
public enum EventType
{
    /// <summary>Transition: an instance exists.</summary>
    Created,

    /// <summary>Transition: it started, or a new process took up approved work.</summary>
    Running,

    /// <summary>Transition: execution stopped for a person.</summary>
    WaitingForHuman,

    /// <summary>Transition: approved.</summary>
    Approved,

    /// <summary>Transition: refused.</summary>
    Rejected,

    /// <summary>Transition: allowed with a changed context.</summary>
    Overridden,

    /// <summary>Transition: work may be taken up again.</summary>
    Resumed,

    /// <summary>Transition: ended, with a reason.</summary>
    Terminated,

    /// <summary>Transition: ended as intended.</summary>
    Completed,

    /// <summary>Nobody decided in time.</summary>
    Timeout,

    /// <summary>The escalation roles took the place of the eligible ones.</summary>
    Escalated,

    /// <summary>Policy let a governed step pass.</summary>
    StepAllowed,

    /// <summary>Shadow mode: what policy would have required.</summary>
    Observed,

    /// <summary>One of several needed approvals.</summary>
    DecisionRecorded,

    /// <summary>The agent checkpointed and exited.</summary>
    Suspended,

    /// <summary>A hash or pointer to evidence held elsewhere.</summary>
    EvidenceAttached,

    /// <summary>What some of the work cost.</summary>
    CostRecorded,

    /// <summary>Private content was erased; its hashes stay.</summary>
    Redacted,

    /// <summary>A workflow version exists.</summary>
    WorkflowRegistered,

    /// <summary>A policy version exists.</summary>
    PolicyRegistered,

    /// <summary>An approver lets another person decide, for a time.</summary>
    DelegationGranted,

    /// <summary>A delegation ended early.</summary>
    DelegationRevoked,

    /// <summary>A key may sign checkpoints from here on.</summary>
    KeyIntroduced,

    /// <summary>A key may sign no checkpoint that covers this position.</summary>
    KeyRetired,

    /// <summary>A setting that governs instances changed.</summary>
    SettingChanged,

    /// <summary>The first entry of a log.</summary>
    LogOpened,
}
