namespace Gantral.Client;

/// <summary>How far a subscription has come in a log.</summary>
/// <param name="LogId">The log.</param>
/// <param name="Position">The entry that comes next.</param>
/// <param name="Behind">How many entries there are from it on.</param>
/// <param name="Attempts">How often that one was tried in vain.</param>
public sealed record SubscriptionCursor(int LogId, long Position, long Behind, int Attempts);
