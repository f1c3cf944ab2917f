namespace Gantral.Cli;

/// <summary>Exit statuses beside those of a verdict (0 to 3), so that none of them can be mistaken for one.</summary>
internal static class ExitStatus
{
    /// <summary>The input cannot be used; the same number as the verdict UNUSABLE.</summary>
    public const int Unusable = 3;

    /// <summary>Things are not as whoever ran this takes them to be: decided already, changed, or there with other content.</summary>
    public const int Overtaken = 4;

    /// <summary>Whoever was asked said no.</summary>
    public const int Declined = 5;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The server cannot be reached, or will not answer this.</summary>
    public const int Unavailable = 69;

    /// <summary>A fault of this program.</summary>
    public const int Fault = 70;

    /// <summary>What was asked for cannot be written.</summary>
    public const int CannotWrite = 73;

    /// <summary>The answer was lost: whether it was done is not known.</summary>
    public const int Unknown = 75;

    /// <summary>Somebody pressed Ctrl-C.</summary>
    public const int Interrupted = 130;
}
