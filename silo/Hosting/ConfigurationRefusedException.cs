namespace Gantral.Silo.Hosting;

/// <summary>The configuration cannot be what the operator meant; the message says which part, and what to write instead.</summary>
public sealed class ConfigurationRefusedException(string message) : Exception(message);
