namespace Gantral.Silo.Webhooks;

/// <summary>How far a subscription has come in one log.</summary>
/// <param name="LogId">The log.</param>
/// <param name="Origin">Its name.</param>
/// <param name="Position">The next position that it is told of.</param>
/// <param name="Attempts">How often that failed.</param>
/// <param name="Size">How long the log is.</param>
internal sealed record SubscriptionCursor(int LogId, string Origin, long Position, int Attempts, long Size);
