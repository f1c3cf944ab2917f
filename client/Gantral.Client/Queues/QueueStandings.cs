namespace Gantral.Client;

/// <summary>The list of queues.</summary>
internal sealed record QueueStandings(IReadOnlyList<QueueStanding> Queues);
