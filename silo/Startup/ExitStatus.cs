namespace Gantral.Silo.Startup;

/// <summary>How the process ends, as sysexits has it.</summary>
internal static class ExitStatus
{
    public const int Done = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Something outside is not to be had: the port, the database, its binaries.</summary>
    public const int Unavailable = 69;

    /// <summary>A fault of this program.</summary>
    public const int Fault = 70;

    /// <summary>The settings are wrong.</summary>
    public const int Configuration = 78;
}
