using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Hooks;
using Gantral.Silo.Gateway.Subscriptions;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>One subscription, of which only who may see it is of interest here.</summary>
internal sealed partial class ServedApi : ISubscriptions, IHooks
{
    /// <summary>The subscription that is there.</summary>
    public Subscription? Subscribed { get; set; } = new()
    {
        SubscriptionId = Samples.Id,
        OwningTeamId = "payments",
        CreatedBy = "alice",
        Format = SubscriptionFormat.Events,
        Url = "https://production.example/told",
        Secret = SecretReference.TryParse("file://webhooks/payments", out var secret) ? secret : throw new InvalidOperationException(),
    };

    public ValueTask<Subscription> AddAsync(Subscription subscription) => new(subscription);

    public ValueTask<Subscription?> FindAsync(Guid subscriptionId) => new(Subscribed);

    public ValueTask<ImmutableArray<Subscription>> ListAsync(ImmutableArray<string> teams, Guid? below, int limit) =>
        new(Subscribed is { } there && teams.Contains(there.OwningTeamId) ? [there] : []);

    public ValueTask<ImmutableArray<SubscriptionCursor>> CursorsAsync(Guid subscriptionId) => new([]);

    public ValueTask SwitchAsync(Guid subscriptionId, bool on) => default;

    public ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(Guid subscriptionId, DeadLetterPlace? after, int limit) => new([]);

    public ValueTask<int> ReplayDeadLettersAsync(Guid subscriptionId) => new(0);

    public ValueTask RewindAsync(Guid subscriptionId, int logId, long position) => default;

    public ValueTask RewindAsync(Guid subscriptionId, Instant since) => default;

    public ValueTask<ImmutableArray<HookedTrigger>> FindAsync(string hookId) => new([]);
}
