namespace Gantral.Grains.Ledger;

/// <summary>The ledger cannot be read now.</summary>
public class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
