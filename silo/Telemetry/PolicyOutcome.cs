namespace Gantral.Silo.Telemetry;

/// <summary>What came of asking a policy, as it is counted.</summary>
internal enum PolicyOutcome
{
    /// <summary>Nobody needs to be asked.</summary>
    Allow,

    /// <summary>A person must decide.</summary>
    RequireHuman,

    /// <summary>Not at all.</summary>
    Deny,

    /// <summary>Nothing that counts was said in time.</summary>
    PolicyUnavailable,

    /// <summary>Policies contradict each other.</summary>
    ConflictingPolicy,
}
