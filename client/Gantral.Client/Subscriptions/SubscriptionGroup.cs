using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Webhooks: who is told of what, and what could not be delivered.</summary>
public sealed class SubscriptionGroup
{
    private readonly Api _api;

    internal SubscriptionGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/subscriptions</c>: from now on every entry that fits is sent to an address.</summary>
    public Task<WebhookSubscription> SubscribeAsync(NewSubscription subscription, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/subscriptions", subscription, ClientJson.Default.NewSubscription, ClientJson.Default.WebhookSubscription, idempotencyKey, cancellation);

    /// <summary><c>GET /v1/subscriptions</c>: those of the caller's teams.</summary>
    public Task<SubscriptionPage> ListAsync(int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/subscriptions").And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.SubscriptionPage, cancellation);

    /// <summary><c>GET /v1/subscriptions/{subscription_id}</c>: one, and how far it has come.</summary>
    public Task<WebhookSubscription> GetAsync(Guid subscriptionId, CancellationToken cancellation = default) =>
        _api.GetAsync(Of(subscriptionId), ClientJson.Default.WebhookSubscription, cancellation);

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/disable</c>: nothing is sent until it is on again.</summary>
    public Task<WebhookSubscription> DisableAsync(Guid subscriptionId, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"{Of(subscriptionId)}/disable", new NoFields(), ClientJson.Default.NoFields, ClientJson.Default.WebhookSubscription, idempotencyKey, cancellation);

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/enable</c>: goes on where it was turned off.</summary>
    public Task<WebhookSubscription> EnableAsync(Guid subscriptionId, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"{Of(subscriptionId)}/enable", new NoFields(), ClientJson.Default.NoFields, ClientJson.Default.WebhookSubscription, idempotencyKey, cancellation);

    /// <summary><c>GET /v1/subscriptions/{subscription_id}/dead-letters</c>: what was given up on.</summary>
    public Task<DeadLetterPage> DeadLettersAsync(Guid subscriptionId, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query($"{Of(subscriptionId)}/dead-letters").And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.DeadLetterPage, cancellation);

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/replay</c>: sends all dead letters once more, and answers how many.</summary>
    public async Task<long> ReplayDeadLettersAsync(Guid subscriptionId, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        (await _api.PostAsync($"{Of(subscriptionId)}/replay", new NoFields(), ClientJson.Default.NoFields, ClientJson.Default.DeadLetterCount, idempotencyKey, cancellation).ConfigureAwait(false)).DeadLetters;

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/replay</c>: sends everything from a time on once more, and a few seconds before to be safe.</summary>
    public Task<WebhookSubscription> ReplaySinceAsync(Guid subscriptionId, DateTimeOffset since, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        ReplayAsync(subscriptionId, new ReplayFrom(since, null, null), idempotencyKey, cancellation);

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/replay</c>: sends everything of a log from a position on once more.</summary>
    public Task<WebhookSubscription> ReplayFromAsync(Guid subscriptionId, int logId, long position, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        ReplayAsync(subscriptionId, new ReplayFrom(null, logId, position), idempotencyKey, cancellation);

    private Task<WebhookSubscription> ReplayAsync(Guid subscriptionId, ReplayFrom from, string? idempotencyKey, CancellationToken cancellation) =>
        _api.PostAsync($"{Of(subscriptionId)}/replay", from, ClientJson.Default.ReplayFrom, ClientJson.Default.WebhookSubscription, idempotencyKey, cancellation);

    private static string Of(Guid subscriptionId) => $"v1/subscriptions/{PathPart.Of(subscriptionId)}";
}
