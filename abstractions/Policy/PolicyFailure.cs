namespace Gantral.Abstractions.Policy;

/// <summary>Why a service gave no answer that counts. The class of the reason is logged, what it sent never.</summary>
public enum PolicyFailure
{
    /// <summary>The operator allows no calls to its host.</summary>
    HostNotAllowed,

    /// <summary>It failed too often just now and was not asked.</summary>
    NotAsked,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The answer was not there in time, or not all of it.</summary>
    TooSlow,

    /// <summary>It says that it cannot answer now.</summary>
    Failing,

    /// <summary>A status other than 200.</summary>
    OtherStatus,

    /// <summary>Something else than JSON.</summary>
    OtherContentType,

    /// <summary>More bytes than an answer may have.</summary>
    TooLarge,

    /// <summary>Nothing that can be understood as an answer.</summary>
    NotUnderstood,
}
