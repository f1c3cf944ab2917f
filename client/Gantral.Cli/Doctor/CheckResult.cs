namespace Gantral.Cli.Doctor;

/// <summary>What became of a check.</summary>
internal enum CheckResult
{
    /// <summary>It holds.</summary>
    Ok,

    /// <summary>It could not be checked, or somebody should look at it.</summary>
    Warn,

    /// <summary>It does not hold.</summary>
    Fail,
}
