using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Webhooks;

/// <summary>An event that was given up on.</summary>
/// <param name="LogId">The log of its entry.</param>
/// <param name="Position">The place of its entry.</param>
/// <param name="EventId">The id that its receiver would have known it by.</param>
/// <param name="EventType">Its type.</param>
/// <param name="FailedAt">When it was last tried.</param>
/// <param name="Attempts">How often.</param>
/// <param name="Fault">What came of the last attempt.</param>
/// <param name="IsAskedFor">Whether it is about to be sent once more.</param>
internal sealed record DeadLetter(int LogId, long Position, string EventId, string EventType, Instant FailedAt, int Attempts, string Fault, bool IsAskedFor);
