namespace Gantral.Silo.Ledger;

/// <summary>A log is not as this silo left it, so nothing may be written on top of it. The message says how.</summary>
public sealed class LogBrokenException(string message) : Exception(message);
