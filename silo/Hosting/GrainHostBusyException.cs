namespace Gantral.Silo.Hosting;

/// <summary>A question that this silo does not take now, because it stops or because too many wait already. Nothing was done.</summary>
public sealed class GrainHostBusyException(string message) : Exception(message);
