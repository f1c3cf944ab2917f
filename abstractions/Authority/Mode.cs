namespace Gantral.Abstractions.Authority;

/// <summary>Whether policy stops an instance or is only recorded.</summary>
public enum Mode
{
    /// <summary>Policy's answer is acted on.</summary>
    Enforce,

    /// <summary>Shadow mode: what policy would have required is recorded, nothing is blocked.</summary>
    Observe,
}
