using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>Who is told of what, and what could not be told.</summary>
internal interface ISubscriptions
{
    /// <summary>Adds a subscription, from where the logs end now; where its id is there already, that one is the answer.</summary>
    ValueTask<Subscription> AddAsync(Subscription subscription);

    /// <summary>A subscription, or none.</summary>
    ValueTask<Subscription?> FindAsync(Guid subscriptionId);

    /// <summary>The subscriptions of teams, by their ids, the greatest first.</summary>
    ValueTask<ImmutableArray<Subscription>> ListAsync(ImmutableArray<string> teams, Guid? below, int limit);

    /// <summary>How far a subscription has come in each log.</summary>
    ValueTask<ImmutableArray<SubscriptionCursor>> CursorsAsync(Guid subscriptionId);

    /// <summary>Switches a subscription on or off. What happens while it is off is told once it is on again.</summary>
    ValueTask SwitchAsync(Guid subscriptionId, bool on);

    /// <summary>What was given up on, in the order of the logs.</summary>
    ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(Guid subscriptionId, DeadLetterPlace? after, int limit);

    /// <summary>Has all dead letters sent once more, and answers how many there are.</summary>
    ValueTask<int> ReplayDeadLettersAsync(Guid subscriptionId);

    /// <summary>Goes back to a position in a log, unless the subscription has not come as far.</summary>
    ValueTask RewindAsync(Guid subscriptionId, int logId, long position);

    /// <summary>Goes back in every log to what was written at a time.</summary>
    ValueTask RewindAsync(Guid subscriptionId, Instant since);
}
