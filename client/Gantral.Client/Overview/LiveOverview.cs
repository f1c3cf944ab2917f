namespace Gantral.Client;

/// <summary>How everything of the caller's teams stands.</summary>
/// <param name="At">When that was looked at.</param>
/// <param name="EndedSince">Of what has ended, only what was created from here on is counted.</param>
/// <param name="IsComplete">Whether all of it was counted. What is not is the oldest.</param>
/// <param name="Instances">How many instances are in which state.</param>
/// <param name="Waiting">What waits for people.</param>
/// <param name="WaitingSteps">The upper ends of the steps by which ages are counted, in seconds.</param>
/// <param name="Timers">Which deadlines come.</param>
/// <param name="Queues">How the queues stand.</param>
/// <param name="Silo">What this silo did; null for whoever has none of the roles that are told.</param>
public sealed record LiveOverview(DateTimeOffset At, DateTimeOffset EndedSince, bool IsComplete, IReadOnlyList<CountedInstances> Instances, IReadOnlyList<WaitingStanding> Waiting, IReadOnlyList<long> WaitingSteps, IReadOnlyList<TimerStanding> Timers, IReadOnlyList<QueueStanding> Queues, SiloStanding? Silo);
