namespace Gantral.Silo.Outgoing;

/// <summary>A connection that was not made, because the operator allows none to that place.</summary>
public sealed class HostNotAllowedException(string message) : Exception(message);
