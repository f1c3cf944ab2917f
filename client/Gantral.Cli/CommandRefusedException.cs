namespace Gantral.Cli;

/// <summary>A command that cannot be carried out; the message is a sentence for whoever ran it.</summary>
internal sealed class CommandRefusedException(int status, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How the command ends.</summary>
    public int Status => status;
}
