using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Connections;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>A piece of work that a runner has now.</summary>
/// <param name="Lease">What it must show.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Attempt">The how manieth process this is.</param>
/// <param name="LeaseUntil">Until when the work is its own.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Connections">Where its runner finds the secrets that the work needs.</param>
internal sealed record HandedTask(Lease Lease, WorkKind Kind, int Attempt, Instant LeaseUntil, Instance Instance, ImmutableArray<Connection> Connections);
