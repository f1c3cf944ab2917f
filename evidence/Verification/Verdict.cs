namespace Gantral.Evidence.Verification;

/// <summary>What can be said about evidence. Later values are worse.</summary>
public enum Verdict
{
    /// <summary>Everything that the scope covers was proven.</summary>
    Valid,

    /// <summary>Nothing is wrong, but something needed for a proof is missing.</summary>
    Inconclusive,

    /// <summary>Something is wrong.</summary>
    Invalid,

    /// <summary>The input is no evidence at all.</summary>
    Unusable,
}
