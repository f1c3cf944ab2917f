using Gantral.Silo.Outgoing;
using Gantral.Silo.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Webhooks;

/// <summary>How a silo delivers what is subscribed to.</summary>
internal sealed record WebhookOptions
{
    /// <summary>How a silo connects: the serving login.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where it may call out to.</summary>
    public required OutgoingHosts Hosts { get; init; }

    /// <summary>Where secrets lie.</summary>
    public required MountedSecrets Secrets { get; init; }

    /// <summary>Where people reach the pages of this house; nobody is led there if it is not said.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long a receiver may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long the subscriptions of a silo that is gone are anybody's. Longer than a receiver may take.</summary>
    public TimeSpan LeasedFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a receiver that fails is left alone.</summary>
    public BackOff BackOff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>How often a delivery is tried before it is given up: over a quarter of an hour with the usual pauses.</summary>
    public int MostAttempts { get; init; } = 12;

    /// <summary>How many subscriptions are served at once.</summary>
    public int MostAtOnce { get; init; } = 32;

    /// <summary>How many deliveries a subscription gets before others have their turn.</summary>
    public int TurnLength { get; init; } = 100;

    /// <summary>How long a silo that sees nothing to deliver waits before it looks again.</summary>
    public TimeSpan LongestSleep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A number from 0 up to 1.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <summary>Counts the time between two looks.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
