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

    /// <summary>What an instance that has ended holds in private has been kept for as long as its workflow says.</summary>
    Retention,
}
