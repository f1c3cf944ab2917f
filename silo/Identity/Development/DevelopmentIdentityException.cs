namespace Gantral.Silo.Identity.Development;

/// <summary>The development identity cannot be had; the message is the sentence to show.</summary>
internal sealed class DevelopmentIdentityException(string message, Exception? inner = null) : Exception(message, inner);
