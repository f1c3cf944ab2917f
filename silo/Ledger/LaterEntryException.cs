using Gantral.Grains.Ledger;

namespace Gantral.Silo.Ledger;

/// <summary>A later release has written what this one does not know: it refuses, and others may go on.</summary>
public sealed class LaterEntryException(string message) : LedgerUnavailableException(message);
