using System.Collections.Immutable;
using Gantral.Abstractions.Grains;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>A runner that asks for work.</summary>
/// <param name="Caller">Who runs it. Its key is not used: each piece of work is taken up under one of its own.</param>
/// <param name="Teams">The teams whose work it may do.</param>
/// <param name="Queue">The queue.</param>
internal sealed record WorkClaim(Caller Caller, ImmutableArray<string> Teams, string Queue)
{
    /// <summary>What the runner calls itself; shown, and nothing else.</summary>
    public required string RunnerId { get; init; }

    /// <summary>How many pieces it takes at most.</summary>
    public required int Most { get; init; }

    /// <summary>For how long they are its own unless it says that it is still at them.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>How long it waits for the first.</summary>
    public required TimeSpan Wait { get; init; }
}
