namespace Gantral.Cli.Server;

/// <summary>A server that could not be reached, or refused; the message is a sentence for whoever ran the command.</summary>
internal sealed class ServerException(string message, Exception? cause = null) : Exception(message, cause);
