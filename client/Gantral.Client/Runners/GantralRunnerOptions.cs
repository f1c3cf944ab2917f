using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Client;

/// <summary>How a runner works.</summary>
public sealed record GantralRunnerOptions
{
    /// <summary>The queue whose work it fetches.</summary>
    public required string Queue { get; init; }

    /// <summary>What it calls itself; shown, and nothing else.</summary>
    public string RunnerId { get; init; } = Environment.MachineName;

    /// <summary>How many pieces of work it does at once, 1 to 100.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How long work is its own without a heartbeat, a second to an hour. It says that it is still there after a third of that.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a claim waits for work, 60 s at most. A stop waits as long for the claim on its way, because what that brings would be lost otherwise.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long work that runs may go on after a stop before it is cancelled.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What finds the secrets of the connections that the work uses: <c>env://</c> and <c>file://</c> unless said. The first one for a scheme counts.</summary>
    public IReadOnlyList<ISecretResolver> Resolvers { get; init; } = [new EnvironmentSecrets(), new FileSecrets()];

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where it says what it does.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
