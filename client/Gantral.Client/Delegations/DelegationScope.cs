namespace Gantral.Client;

/// <summary>Whose delegations are listed.</summary>
public enum DelegationScope
{
    /// <summary>Those that the caller lent or was lent.</summary>
    Mine,

    /// <summary>Those that the caller lent.</summary>
    Given,

    /// <summary>Those that the caller was lent.</summary>
    Received,

    /// <summary>Everybody's in the caller's teams; for auditors.</summary>
    Team,
}
