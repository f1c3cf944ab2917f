namespace Gantral.Abstractions.Authority;

/// <summary>What a person may decide.</summary>
public enum DecisionType
{
    /// <summary>Go on with exactly what was shown.</summary>
    Approve,

    /// <summary>Stop for good.</summary>
    Reject,

    /// <summary>Go on with a changed context.</summary>
    Override,
}
