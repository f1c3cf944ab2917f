namespace Gantral.Abstractions.Policy;

/// <summary>What policy may advise. It never holds authority.</summary>
public enum PolicyDecision
{
    /// <summary>Nobody needs to be asked.</summary>
    Allow,

    /// <summary>A person must decide.</summary>
    RequireHuman,

    /// <summary>Not at all.</summary>
    Deny,
}
