using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>How a queue stands.</summary>
/// <param name="OwningTeamId">Whose it is.</param>
/// <param name="Queue">Its name.</param>
/// <param name="Order">What its operator said.</param>
/// <param name="Depth">How many pieces of work wait.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
/// <param name="OldestAge">How long that one has waited, by the clock of the database.</param>
/// <param name="AtWork">How many are being worked on.</param>
/// <param name="Runners">By whom.</param>
internal sealed record QueueFigures(string OwningTeamId, string Queue, QueueOrder Order, long Depth, Instant? OldestSince, TimeSpan? OldestAge, long AtWork, ImmutableArray<string> Runners);
