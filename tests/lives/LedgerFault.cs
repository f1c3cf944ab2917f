namespace Gantral.Lives;

/// <summary>What the ledger in memory does with a commit.</summary>
public enum LedgerFault
{
    /// <summary>What a ledger should.</summary>
    None,

    /// <summary>It says that the subject has gone on, although it has not.</summary>
    Conflict,

    /// <summary>It is away, and never saw the commit.</summary>
    Unavailable,

    /// <summary>It lost its connection, and found out later that the commit had not happened.</summary>
    UnavailableAfterResolve,

    /// <summary>It has too much to do.</summary>
    Overloaded,

    /// <summary>It cannot make these bytes durable.</summary>
    Rejected,

    /// <summary>It takes the commit up only once it is released.</summary>
    HeldBefore,

    /// <summary>It has committed, and says so only once it is released.</summary>
    HeldAfter,

    /// <summary>It has committed, and nobody is ever told.</summary>
    Crash,
}
