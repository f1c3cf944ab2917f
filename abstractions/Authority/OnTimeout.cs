namespace Gantral.Abstractions.Authority;

/// <summary>What happens when nobody decides in time. Never an approval.</summary>
public enum OnTimeout
{
    /// <summary>The instance is terminated.</summary>
    FailClosed,

    /// <summary>The escalation roles are asked instead, once.</summary>
    Escalate,
}
