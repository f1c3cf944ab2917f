namespace Gantral.Abstractions.Authority;

/// <summary>How much is at stake in a workflow.</summary>
public enum Materiality
{
    /// <summary>Little.</summary>
    Low,

    /// <summary>Some.</summary>
    Medium,

    /// <summary>Much: policy that cannot answer ends the instance.</summary>
    High,

    /// <summary>Most: policy that cannot answer ends the instance.</summary>
    Critical,
}
