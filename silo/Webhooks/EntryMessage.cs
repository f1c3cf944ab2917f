using Gantral.Silo.Ledger;

namespace Gantral.Silo.Webhooks;

/// <summary>What a subscription is sent about an entry. The secret is read for this message and forgotten with it.</summary>
internal sealed class EntryMessage(WebhookOptions options, DatabaseClock clock)
{
    public async Task<HttpRequestMessage> WriteAsync(Subscription subscription, TailedEntry tailed, CancellationToken cancellation)
    {
        var secrets = await options.Secrets.ReadAsync(subscription.OwningTeamId, subscription.Secret, cancellation);
        var (body, at) = (CloudEvent.Write(tailed), clock.Now);
        var request = WebhookSender.Post(new Uri(subscription.Url!), body, CloudEvent.ContentType);
        request.Headers.Add("webhook-id", tailed.EventId);
        request.Headers.Add("webhook-timestamp", StandardSignature.Timestamp(at));
        request.Headers.Add("webhook-signature", StandardSignature.Of(secrets, tailed.EventId, at, body.Span));
        return request;
    }
}
