namespace Gantral.Abstractions.Commands;

/// <summary>Which deadline has passed.</summary>
public enum Deadline
{
    /// <summary>Nobody decided in time.</summary>
    Decision,

    /// <summary>An approval was not taken up in time.</summary>
    Execution,

    /// <summary>The last attempt's runner is lost.</summary>
    Lease,
}
