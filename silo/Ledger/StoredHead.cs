namespace Gantral.Silo.Ledger;

/// <summary>The newest checkpoint of a log, as it is stored.</summary>
internal sealed record StoredHead(long Size, byte[] Frontier, byte[] Note);
