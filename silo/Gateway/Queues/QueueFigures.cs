using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>How a queue stands.</summary>
/// <param name="OwningTeamId">Whose it is.</param>
/// <param name="Queue">Its name.</param>
/// <param name="Order">What its operator said.</param>
/// <param name="Depth">How many pieces of work wait.</param>
/// <param name="OldestAge">How long the first of them has waited.</param>
/// <param name="AtWork">How many are being worked on.</param>
/// <param name="Runners">By whom.</param>
internal sealed record QueueFigures(string OwningTeamId, string Queue, QueueOrder Order, long Depth, TimeSpan? OldestAge, long AtWork, ImmutableArray<string> Runners);
