namespace Gantral.Silo.Secrets;

/// <summary>A secret that cannot be had. The message says where it was looked for and what is wrong, never what it is.</summary>
internal sealed class SecretUnusableException(string message) : Exception(message);
