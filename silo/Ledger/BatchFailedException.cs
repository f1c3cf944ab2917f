namespace Gantral.Silo.Ledger;

/// <summary>A batch is known not to have happened; the inner exception says why.</summary>
internal sealed class BatchFailedException(Exception cause) : Exception("The batch did not happen.", cause);
