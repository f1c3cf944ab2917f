namespace Gantral.Silo.Startup;

/// <summary>The silo does not start; the message is the sentence to show.</summary>
internal sealed class StartupRefusedException(int exitStatus, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How the process ends.</summary>
    public int ExitStatus { get; } = exitStatus;
}
